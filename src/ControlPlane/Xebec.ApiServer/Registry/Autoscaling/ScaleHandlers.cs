using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.CustomResources;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry.Autoscaling;

/// <summary>The scale subresource: a view of a workload's replicas as an autoscaling/v1 Scale.</summary>
internal sealed class ScaleHandlers(
    ReadHandlers reads, ResourceWriter writer, PatchReader patches, ContentNegotiation negotiation, ResourceCatalog catalog)
{
    private static readonly StructSchema ScaleSchema = BuiltIn.Schema["autoscaling/v1.Scale"];
    private static readonly SubresourceView BuiltInView = new(ScaleView.Of, ScaleView.Apply);

    /// <summary>The built-in resources that have the subresource.</summary>
    public static IEnumerable<(string Group, string Plural)> Kinds =>
        BuiltIn.Resources.Where(r => r.HasSubresource("scale")).Select(r => (r.GroupVersion.Group, r.Plural));

    /// <summary>A request to the scale of a custom resource.</summary>
    public Task HandleAsync(RequestContext request) => request.Info.Verb switch
    {
        "get" => GetAsync(request),
        "update" => UpdateAsync(request),
        "patch" => PatchAsync(request),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private static SubresourceView ViewOf(RequestContext request) =>
        request.Resource.Declared?.Scale is { } paths ? CustomScale.View(paths) : BuiltInView;

    public async Task GetAsync(RequestContext request) => await AnswerAsync(request, await reads.FindAsync(request));

    public async Task UpdateAsync(RequestContext request)
    {
        var options = WriteOptions.Read(request);
        var view = ViewOf(request);
        var scale = await ObjectReader.ReadAsync(request, ScaleSchema, "autoscaling/v1", "Scale", options.FieldValidation);
        var stored = await writer.UpdateAsync(
            WriteHandlers.Request(request, options) with { View = view }, workload => view.Write(workload, scale), request.Aborted);
        await AnswerAsync(request, stored);
    }

    public async Task PatchAsync(RequestContext request)
    {
        var options = WriteOptions.Read(request);
        var view = ViewOf(request);
        var patch = await patches.ReadAsync(request, options, ScaleSchema);
        var isOwned = patch.IsApply && request.Resource.Declared is null;
        var target = WriteHandlers.Request(request, options) with { IsApply = isOwned, View = view };
        var stored = await writer.UpdateAsync(
            target,
            async workload => isOwned
                ? await ServerSideApplyAsync(request, workload, patch)
                : view.Write(workload, await patch.ApplyAsync(view.Read(workload))),
            request.Aborted);
        await AnswerAsync(request, stored);
    }

    private static async ValueTask<ObjectValue> ServerSideApplyAsync(RequestContext request, ObjectValue workload, ObjectPatch patch)
    {
        var scale = ScaleView.Of(workload);
        scale.GetObject("metadata")!["managedFields"] = ScaleOwnership.OfScale(workload);
        var applied = await patch.ApplyAsync(scale);
        var changed = ScaleView.Apply(workload, applied);
        ScaleOwnership.Return(changed, applied, request.Resource.Info.GroupVersion.ToString());
        return changed;
    }

    private async Task AnswerAsync(RequestContext request, CachedObject workload)
    {
        await request.Resource.PrepareAsync(workload, request.Aborted);
        var scale = ObjectDecoder.Normalize(ViewOf(request).Read(request.Resource.Read(workload)), ScaleSchema).Object.ToUtf8();
        var format = negotiation.Choose(request);
        var served = new ServedResource(
            new() { GroupVersion = new("autoscaling", "v1"), Kind = "Scale", Plural = "scales", Singular = "scale", Namespaced = true, StorageFolder = "" },
            ScaleSchema, catalog.Find(request.Info.Group, request.Info.Version, request.Info.Resource)!.Cache, new ResourceStrategy())
        { PrinterColumns = AutoscalingColumns.Scale };
        await Responses.WriteObjectAsync(request with { Resource = served }, format, new CachedObject(workload, scale));
    }
}
