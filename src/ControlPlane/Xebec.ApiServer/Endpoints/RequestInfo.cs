using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Endpoints;

/// <summary>What a request asks for, read from its method, path and query alone (upstream's RequestInfo).</summary>
public sealed class RequestInfo
{
    /// <summary>False for paths such as /healthz and /apis.</summary>
    public bool IsResourceRequest { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; for other paths the lower-case method.</summary>
    public required string Verb { get; init; }

    /// <summary>The API group, empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The namespace, empty when none is named.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The plural.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource, empty when none.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The object's name, empty when none is named.</summary>
    public string Name { get; init; } = "";

    /// <summary>What follows the subresource (proxy paths), without its leading slash.</summary>
    public string SubPath { get; init; } = "";

    /// <summary>It may take as long as it likes: watches, and what is streamed from or to a container.</summary>
    public bool IsLongRunning => Verb == "watch" || Subresource is "log" or "exec" or "attach" or "portforward" or "proxy";

    /// <summary>Reads a request.</summary>
    public static RequestInfo Read(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var first = parts.Length >= 2 && parts[0] == "api" ? 1 : parts.Length >= 3 && parts[0] == "apis" ? 1 : 0;
        if (first == 0 || parts.Length < (parts[0] == "api" ? 3 : 4))
            return new RequestInfo { Path = path, Verb = request.Method.ToLowerInvariant() };
        var group = parts[0] == "api" ? "" : parts[1];
        var version = parts[0] == "api" ? parts[1] : parts[2];
        return ReadResource(request, path, group, version, parts.AsSpan(parts[0] == "api" ? 2 : 3));
    }

    private static RequestInfo ReadResource(HttpRequest request, string path, string group, string version, ReadOnlySpan<string> parts)
    {
        var legacyWatch = parts.Length > 1 && parts[0] == "watch";
        if (legacyWatch)
            parts = parts[1..];
        var ns = "";
        if (parts[0] == "namespaces" && parts.Length > 1)
        {
            ns = parts[1];
            // namespaces/NAME, and namespaces/NAME/status or finalize, are about the namespace itself.
            if (parts.Length > 2 && parts[2] is not ("status" or "finalize"))
                parts = parts[2..];
        }

        var name = parts.Length > 1 ? parts[1] : "";
        return new RequestInfo
        {
            IsResourceRequest = true,
            Path = path,
            Verb = legacyWatch ? "watch" : VerbOf(request, name, parts.Length > 2),
            Group = group,
            Version = version,
            Namespace = ns,
            Resource = parts[0],
            Name = name,
            Subresource = parts.Length > 2 ? parts[2] : "",
            SubPath = parts.Length > 3 ? string.Join('/', parts[3..]!) + (path.EndsWith('/') ? "/" : "") : "",
        };
    }

    private static string VerbOf(HttpRequest request, string name, bool isSubresource) => request.Method switch
    {
        "POST" => "create",
        "GET" or "HEAD" when name.Length > 0 || isSubresource => "get",
        "GET" or "HEAD" => IsWatch(request.Query) ? "watch" : "list",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name.Length > 0 ? "delete" : "deletecollection",
        _ => request.Method.ToLowerInvariant(),
    };

    private static bool IsWatch(IQueryCollection query) =>
        query.Count > 0 && query.TryGetValue("watch", out var watch) && RequestContext.IsTrue(watch);
}
