using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.OpenApi;

/// <summary>/openapi/v2 and /openapi/v3: what clients validate, explain and complete with.</summary>
internal sealed class OpenApiEndpoints(OpenApiCache cache, RemoteForwarder forwarder)
{
    private const string V3Prefix = "/openapi/v3";

    /// <summary>/openapi/v2.</summary>
    public Task V2Async(HttpContext http) => WriteAsync(http, null, cache.Hash(null));

    /// <summary>/openapi/v3: the documents there are, with addresses that change with their content.</summary>
    public Task IndexAsync(HttpContext http)
    {
        var paths = new ObjectValue();
        foreach (var part in cache.GroupVersions)
        {
            var path = DiscoveryEndpoints.PathOf(part);
            paths[path[1..]] = new ObjectValue { ["serverRelativeURL"] = $"{V3Prefix}{path}?hash={cache.Hash(part)}" };
        }

        foreach (var (api, document) in cache.Remotes().Where(r => r.Document.OpenApiV3.Length > 0))
            paths[api.Path[1..]] = new ObjectValue { ["serverRelativeURL"] = document.OpenApiV3 };
        return Responses.WriteJsonAsync(http, new ObjectValue { ["paths"] = paths }.ToUtf8());
    }

    /// <summary>Below /openapi/v3.</summary>
    public Task V3Async(HttpContext http)
    {
        var path = http.Request.Path.Value![V3Prefix.Length..];
        foreach (var (api, _) in cache.Remotes())
        {
            if (api.Path == path)
                return forwarder.ForwardAsync(http, api, http.Features.Get<UserInfo>()!);
        }

        var part = cache.GroupVersions.Cast<GroupVersion?>().FirstOrDefault(p => DiscoveryEndpoints.PathOf(p!.Value) == path)
            ?? throw ApiErrors.PathNotFound();
        var hash = cache.Hash(part);
        var asked = http.Request.Query["hash"].ToString();
        if (asked.Length > 0 && asked != hash)
        {
            http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            http.Response.Headers.Location = $"{V3Prefix}{path}?hash={hash}";
            return Task.CompletedTask;
        }

        // The address has the content's hash in it, so that the answer never changes.
        if (asked.Length > 0)
            http.Response.Headers.CacheControl = "public, immutable";
        return WriteAsync(http, part, hash);
    }

    private async Task WriteAsync(HttpContext http, GroupVersion? part, string hash)
    {
        var version = part is null ? "v2" : "v3";
        var isProtobuf = WantsProtobuf(http, version);
        var response = http.Response;
        var tag = $"\"{hash}{(isProtobuf ? "-pb" : "")}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = isProtobuf ? ProtobufType(version, '.') : "application/json";
        var zipped = cache.Zipped(part, hash, isProtobuf);
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = zipped.Length;
            await response.BodyWriter.WriteAsync(zipped, http.RequestAborted);
            return;
        }

        await using var plain = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        await plain.CopyToAsync(response.Body, http.RequestAborted);
    }

    private static bool WantsProtobuf(HttpContext http, string version)
    {
        var accept = http.Request.Headers.Accept.ToString();
        foreach (var text in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var type = MediaRange.Parse(text).Type;
            if (type is "application/json" or "application/*" or "*/*")
                return false;
            if (type == ProtobufType(version, '@') || type == ProtobufType(version, '.'))
                return true;
        }

        return accept.Length == 0 ? false : throw ApiErrors.NotAcceptable(["application/json", ProtobufType(version, '@')]);
    }

    // Clients ask with an @, which a Content-Type cannot have.
    private static string ProtobufType(string version, char separator) =>
        $"application/com.github.proto-openapi.spec.{version}{separator}v1.0+protobuf";
}
