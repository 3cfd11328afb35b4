using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>A new node takes no pods until the node controller has seen it ready.</summary>
internal sealed class TaintNodesByCondition : IAdmissionPlugin
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    /// <inheritdoc/>
    public string Name => "TaintNodesByCondition";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && request.Is("", "nodes");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetOrAddObject("spec");
        var taints = spec.GetList("taints") ?? new ListValue();
        if (!taints.OfType<ObjectValue>().Any(t => t.GetString("key") == NotReady && t.GetString("effect") == "NoSchedule"))
            taints.Add(new ObjectValue { { "key", NotReady }, { "effect", "NoSchedule" } });
        spec["taints"] = taints;
        return ValueTask.CompletedTask;
    }
}
