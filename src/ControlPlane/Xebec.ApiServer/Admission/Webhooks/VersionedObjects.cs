using Xebec.Api;
using Xebec.Api.Rules;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>The objects of a request in the version that a webhook's rule names, and what a patch makes of them back again.</summary>
internal sealed class VersionedObjects(ResourceCatalog catalog)
{
    /// <summary>A request as one who matched it as a resource sees it.</summary>
    public async ValueTask<WebhookTarget> SeeAsync(AdmissionRequest request, ResourceInfo matched, CancellationToken cancellationToken)
    {
        var kind = request.Kind;
        if (matched == request.Resource)
            return new WebhookTarget(matched, kind, request.Object, request.OldObject);
        if (request.Subresource.Length > 0 && kind.Kind != request.Resource.Kind)
            return new WebhookTarget(matched, kind, request.Object, request.OldObject);
        var (from, to) = (Served(request.Resource), Served(matched));
        return new WebhookTarget(
            matched, new SubresourceInfo(request.Subresource, matched.GroupVersion, matched.Kind),
            await ConvertAsync(request.Object, from, to, cancellationToken), await ConvertAsync(request.OldObject, from, to, cancellationToken));
    }

    /// <summary>Puts a changed object in the place of the request's, decoded and defaulted as if the client had sent it.</summary>
    /// <exception cref="DecodeException">A value has the wrong type.</exception>
    public async ValueTask AcceptAsync(AdmissionRequest request, WebhookTarget seen, ObjectValue changed, CancellationToken cancellationToken)
    {
        var schema = SchemaOf(request.Resource, request.Kind);
        var own = seen.Kind.GroupVersion == request.Kind.GroupVersion
            ? changed
            : (await ConvertAsync(changed, Served(seen.Resource), Served(request.Resource), cancellationToken))!;
        var decoded = schema is null ? own : ObjectDecoder.Normalize(own, schema).Object;
        if (schema is not null)
            KindRules.For(schema).Default(decoded);
        request.Replace(decoded);
    }

    /// <summary>The schema of the objects seen; null for a subresource's kind that has none.</summary>
    public StructSchema? SchemaOf(WebhookTarget target) => SchemaOf(target.Resource, target.Kind);

    private StructSchema? SchemaOf(ResourceInfo resource, SubresourceInfo kind) =>
        kind.Kind == resource.Kind && kind.GroupVersion == resource.GroupVersion
            ? Served(resource).Schema
            : BuiltIn.Schema.Structs.GetValueOrDefault($"{BuiltIn.PackageOf(kind.GroupVersion)}.{kind.Kind}");

    private ServedResource Served(ResourceInfo resource) =>
        catalog.Find(resource.GroupVersion.Group, resource.GroupVersion.Version, resource.Plural)!;

    private static async ValueTask<ObjectValue?> ConvertAsync(
        ObjectValue? item, ServedResource from, ServedResource to, CancellationToken cancellationToken)
    {
        if (item is null)
            return null;
        // By way of the stored version; its resourceVersion is not stored, so it is taken across by hand.
        var resourceVersion = item.GetObject("metadata")?["resourceVersion"];
        var stored = new CachedObject("", await from.EncodeAsync((ObjectValue)item.DeepClone(), cancellationToken), 0, 0);
        await to.PrepareAsync(stored, cancellationToken);
        var converted = to.Read(stored);
        if (resourceVersion is null)
            converted.GetObject("metadata")!.Remove("resourceVersion");
        else
            converted.GetObject("metadata")!["resourceVersion"] = resourceVersion;
        converted["apiVersion"] = to.Info.GroupVersion.ToString();
        converted["kind"] = to.Info.Kind;
        return converted;
    }
}
