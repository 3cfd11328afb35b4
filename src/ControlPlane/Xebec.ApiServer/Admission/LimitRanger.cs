using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>Gives containers a namespace's default requests and limits, and keeps pods and claims within its LimitRanges.</summary>
internal sealed class LimitRanger(AdmissionParts parts) : IAdmissionPlugin
{
    private readonly DerivedFacts<LimitRangeItem[]> _ranges = new(item => LimitRangeItem.AllOf(item.ToTree()));

    /// <inheritdoc/>
    public string Name => "LimitRanger";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        (request.Operation == AdmissionOperation.Create && request.Is("", "pods")) || request.IsResize ||
        (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "persistentvolumeclaims"));

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        // A range that was stored before this request began counts for it.
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        if (!request.Is("", "pods") && !request.IsResize)
            return;
        foreach (var item in Items(request.Namespace).Where(i => i.Type == "Container"))
            LimitDefaults.Apply(request.Object!, item);
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var item in Items(request.Namespace))
            LimitCheck.Check(request.Object!, request.Resource.Plural, item, problems);
        return problems.Count > 0 ? throw Denied.Because(request, problems) : ValueTask.CompletedTask;
    }

    private List<LimitRangeItem> Items(string ns)
    {
        var items = new List<LimitRangeItem>();
        foreach (var range in parts.List("", "limitranges", ns))
            items.AddRange(_ranges.Of(range));
        return items;
    }
}
