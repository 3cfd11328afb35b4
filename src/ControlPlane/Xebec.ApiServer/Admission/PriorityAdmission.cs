using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>Turns a pod's priority class into its priority; sees to it that there is one default class.</summary>
internal sealed class PriorityAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private const string Preempting = "PreemptLowerPriority";
    private readonly DerivedFacts<PriorityClassFacts> _classes = new(PriorityClassFacts.Read);

    /// <inheritdoc/>
    public string Name => "Priority";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation is AdmissionOperation.Create or AdmissionOperation.Update &&
        (request.Is("", "pods") || request.Is("scheduling.k8s.io", "priorityclasses"));

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!request.Is("", "pods"))
            return;
        var spec = request.Object!.GetOrAddObject("spec");
        if (request.Operation == AdmissionOperation.Update)
        {
            var before = request.OldObject!.GetObject("spec");
            spec["priority"] ??= before?["priority"];
            spec["preemptionPolicy"] ??= before?["preemptionPolicy"];
            return;
        }

        var name = spec.GetString("priorityClassName") ?? "";
        var wanted = name.Length > 0 ? await FindAsync(request, name, cancellationToken) : Default();
        if (wanted is { IsGlobalDefault: true } && name.Length == 0)
            spec["priorityClassName"] = wanted.Name;
        Set(request, spec, wanted?.Value ?? 0, wanted?.PreemptionPolicy ?? Preempting);
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Is("scheduling.k8s.io", "priorityclasses") && request.Object!["globalDefault"]?.AsBool() == true &&
            Default() is { } other && other.Name != request.Name)
            throw Denied.Because(request, $"PriorityClass {other.Name} is already marked as default. Only one default can exist");
        return ValueTask.CompletedTask;
    }

    private static void Set(AdmissionRequest request, ObjectValue spec, long priority, string policy)
    {
        const string Rest = "must not be provided in pod spec; priority admission controller computed";
        if (spec["priority"]?.AsInt64() is { } given && given != priority)
            throw Denied.Because(request, $"the integer value of priority ({given}) {Rest} {priority} from the given PriorityClass name");
        if (spec.GetString("preemptionPolicy") is { Length: > 0 } givenPolicy && givenPolicy != policy)
            throw Denied.Because(request, $"the string value of PreemptionPolicy ({givenPolicy}) {Rest} {policy} from the given PriorityClass name");
        spec["priority"] = priority;
        spec["preemptionPolicy"] = policy;
    }

    private async ValueTask<PriorityClassFacts> FindAsync(AdmissionRequest request, string name, CancellationToken cancellationToken)
    {
        if (parts.Find("scheduling.k8s.io", "priorityclasses", "", name) is { } cached)
            return _classes.Of(cached);
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        return parts.Find("scheduling.k8s.io", "priorityclasses", "", name) is { } fresh
            ? _classes.Of(fresh)
            : throw Denied.Because(request, $"no PriorityClass with name {name} was found");
    }

    // More than one can only come from a race; the lowest then counts.
    private PriorityClassFacts? Default()
    {
        PriorityClassFacts? found = null;
        foreach (var item in parts.List("scheduling.k8s.io", "priorityclasses", ""))
        {
            var facts = _classes.Of(item);
            if (facts.IsGlobalDefault && (found is null || facts.Value < found.Value))
                found = facts;
        }

        return found;
    }
}
