using Xebec.Api;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry.Policy;

/// <summary>Eviction: a delete that a PodDisruptionBudget may refuse (pods/eviction).</summary>
internal sealed class EvictionHandler(
    ReadHandlers reads, ResourceWriter writer, ResourceDeleter deleter, SubresourceAdmission admission, ResourceCatalog catalog)
{
    public async Task EvictAsync(RequestContext request)
    {
        var options = WriteOptions.Read(request);
        var eviction = await ObjectReader.ReadAsync(
            request, BuiltIn.Schema["policy/v1.Eviction"], "policy/v1", "Eviction", options.FieldValidation);
        var pod = await reads.FindAsync(request);
        await admission.CreateAsync(request, options, request.Info.Name, eviction);
        var deletion = DeleteOptionsReader.Of(eviction.GetObject("deleteOptions") ?? []);
        var write = WriteHandlers.Request(request, options) with
        {
            Subresource = "", IsAdmitted = true, DryRun = options.DryRun || deletion.DryRun,
        };
        if (NeedsBudget(pod.ToTree()))
            await SpendBudgetAsync(request, write, pod);
        await deleter.DeleteAsync(write, deletion, request.Aborted);
        await Responses.WriteJsonAsync(request.Http, StatusJson.Success(), 201);
    }

    // Pods that have ended, have not begun or are on their way out disturb nobody.
    private static bool NeedsBudget(ObjectValue pod) =>
        pod.GetObject("status")?.GetString("phase") is not ("Succeeded" or "Failed" or "Pending") && !ObjectMetadata.IsBeingDeleted(pod);

    private async Task SpendBudgetAsync(RequestContext request, WriteRequest write, CachedObject pod)
    {
        var budgets = catalog.Find("policy", "v1", "poddisruptionbudgets")!;
        var matching = budgets.Cache.Snapshot.Ordered
            .Where(b => b.Facts.Namespace == request.Info.Namespace && Selects(b.ToTree(), pod)).ToList();
        if (matching.Count > 1)
            throw ApiErrors.InternalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        if (matching is [var budget])
        {
            var spend = write with { Resource = budgets, Name = budget.Facts.Name, Subresource = "status" };
            await writer.UpdateAsync(spend, tree => Spend(tree, pod.Facts.Name), request.Aborted);
        }
    }

    private static bool Selects(ObjectValue budget, CachedObject pod) =>
        budget.GetObject("spec")?.GetObject("selector") is { } selector && LabelSelector.FromTree(selector).Matches(pod.Facts.Labels);

    private static ObjectValue Spend(ObjectValue budget, string podName)
    {
        var status = budget.GetOrAddObject("status");
        var allowed = status["disruptionsAllowed"]?.AsInt64() ?? 0;
        if (allowed <= 0)
            throw ApiErrors.TooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 0);
        status["disruptionsAllowed"] = allowed - 1;
        return budget;
    }
}
