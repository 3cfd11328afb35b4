using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>A pod of a RuntimeClass carries the class's overhead, and goes where the class says.</summary>
internal sealed class RuntimeClassAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private readonly DerivedFacts<ObjectValue> _classes = new(item => item.ToTree());

    /// <inheritdoc/>
    public string Name => "RuntimeClass";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && request.Is("", "pods");

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetOrAddObject("spec");
        if (spec.GetString("runtimeClassName") is not { Length: > 0 } name)
        {
            if (spec.GetObject("overhead") is { Count: > 0 })
                throw Denied.Because(request, "pod rejected: Pod Overhead set without corresponding RuntimeClass Overhead");
            return;
        }

        var found = await FindAsync(name, cancellationToken) ?? throw Denied.Because(request, $"pod rejected: RuntimeClass \"{name}\" not found");
        SetOverhead(request, spec, found);
        SetScheduling(request, spec, found.GetObject("scheduling"));
    }

    private static void SetOverhead(AdmissionRequest request, ObjectValue spec, ObjectValue runtimeClass)
    {
        var overhead = runtimeClass.GetObject("overhead")?.GetObject("podFixed");
        if (spec.GetObject("overhead") is { Count: > 0 } given && !given.DeepEquals(overhead ?? new ObjectValue()))
            throw Denied.Because(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        if (overhead is not null)
            spec["overhead"] = overhead.DeepClone();
    }

    private static void SetScheduling(AdmissionRequest request, ObjectValue spec, ObjectValue? scheduling)
    {
        foreach (var (key, value) in scheduling?.GetObject("nodeSelector") ?? [])
        {
            var selector = spec.GetOrAddObject("nodeSelector");
            if (selector.GetString(key) is { } given && given != value.AsString())
            {
                throw Denied.Because(
                    request, $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value.AsString()}; pod.spec.nodeSelector[{key}] = {given}");
            }

            selector[key] = value;
        }

        if (scheduling?.GetList("tolerations") is not { Count: > 0 } tolerations)
            return;
        var own = spec.GetList("tolerations") ?? new ListValue();
        foreach (var toleration in tolerations.Where(t => !own.Any(o => o.DeepEquals(t))).ToArray())
            own.Add(toleration.DeepClone());
        spec["tolerations"] = own;
    }

    private async ValueTask<ObjectValue?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (parts.Find("node.k8s.io", "runtimeclasses", "", name) is { } cached)
            return _classes.Of(cached);
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        return parts.Find("node.k8s.io", "runtimeclasses", "", name) is { } fresh ? _classes.Of(fresh) : null;
    }
}
