using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>POST, PUT and PATCH of an object or its status.</summary>
internal sealed class WriteHandlers(ResourceWriter writer, PatchReader patches, ContentNegotiation negotiation)
{
    public async Task CreateAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var options = WriteOptions.Read(request);
        var created = await ReadBodyAsync(request, options);
        CheckNamespace(request, created);
        var stored = await writer.CreateAsync(Request(request, options), created, request.Aborted);
        await Responses.WriteObjectAsync(request, format, stored, 201);
    }

    public async Task UpdateAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var options = WriteOptions.Read(request);
        var updated = await ReadBodyAsync(request, options);
        CheckNamespace(request, updated);
        CheckName(request, updated);
        var target = Request(request, options);
        if (request.Resource.Strategy.AllowCreateOnUpdate && request.Info.Subresource.Length == 0 &&
            await writer.FindFreshAsync(target, request.Aborted) is null)
        {
            var created = await writer.CreateAsync(target, updated, request.Aborted);
            await Responses.WriteObjectAsync(request, format, created, 201);
            return;
        }

        var stored = await writer.ReplaceAsync(target, updated, request.Aborted);
        await Responses.WriteObjectAsync(request, format, stored);
    }

    public async Task PatchAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var options = WriteOptions.Read(request);
        var patch = await patches.ReadAsync(request, options);
        var target = Request(request, options) with { IsApply = patch.IsApply };
        if (patch.CreatesWhenAbsent && request.Info.Subresource.Length == 0 && await writer.FindFreshAsync(target, request.Aborted) is null)
        {
            var created = await writer.CreateAsync(target, Unidentified(request, await patch.ApplyAsync(null)), request.Aborted);
            await Responses.WriteObjectAsync(request, format, created, 201);
            return;
        }

        CachedObject stored = await writer.UpdateAsync(target, patch.ApplyAsync, request.Aborted);
        await Responses.WriteObjectAsync(request, format, stored);
    }

    // A uid says that a certain object is meant, and that is not there.
    private static ObjectValue Unidentified(RequestContext request, ObjectValue applied) =>
        applied.GetObject("metadata")?.GetString("uid") is { Length: > 0 } uid
            ? throw ApiErrors.Conflict(
                request.Resource.Info, request.Info.Name,
                $"uid mismatch: the provided object specified uid {uid}, and no existing object was found")
            : applied;

    private static ValueTask<ObjectValue> ReadBodyAsync(RequestContext request, WriteOptions options) => ObjectReader.ReadAsync(
        request, request.Resource.Schema, request.Resource.Info.GroupVersion.ToString(), request.Resource.Info.Kind, options.FieldValidation);

    /// <summary>The write a request asks for.</summary>
    public static WriteRequest Request(RequestContext request, WriteOptions options) => new()
    {
        Resource = request.Resource,
        Namespace = request.Info.Namespace,
        Name = request.Info.Name,
        Subresource = request.Info.Subresource,
        User = request.User,
        FieldManager = options.FieldManager,
        DryRun = options.DryRun,
        Options = options,
        Warn = request.Warn,
        Annotate = request.Annotate,
    };

    private static void CheckNamespace(RequestContext request, ObjectValue item)
    {
        var given = item.GetObject("metadata")?.GetString("namespace") ?? "";
        if (!request.Resource.Info.Namespaced)
        {
            item.GetObject("metadata")?.Remove("namespace");
            return;
        }

        if (request.Info.Namespace.Length == 0)
            throw ApiErrors.BadRequest("an empty namespace may not be set during creation");
        if (given.Length > 0 && given != request.Info.Namespace)
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        item.GetOrAddObject("metadata")["namespace"] = request.Info.Namespace;
    }

    private static void CheckName(RequestContext request, ObjectValue item)
    {
        var given = item.GetObject("metadata")?.GetString("name") ?? "";
        if (given.Length == 0)
            throw ApiErrors.BadRequest($"the name of the object ({request.Info.Name} based on URL) was undeterminable: name must be provided");
        if (given != request.Info.Name)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({given}) does not match the name on the URL ({request.Info.Name})");
        }
    }
}
