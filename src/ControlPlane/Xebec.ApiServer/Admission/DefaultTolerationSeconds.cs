using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>Pods stay five minutes on a node that is not ready or not reachable, unless they say otherwise.</summary>
internal sealed class DefaultTolerationSeconds : IAdmissionPlugin
{
    private const long Seconds = 300;
    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <inheritdoc/>
    public string Name => "DefaultTolerationSeconds";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "pods");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetOrAddObject("spec");
        var tolerations = spec.GetList("tolerations") ?? new ListValue();
        foreach (var taint in Taints.Where(t => !Tolerates(tolerations, t)).ToArray())
        {
            tolerations.Add(new ObjectValue
            {
                { "key", taint }, { "operator", "Exists" }, { "effect", "NoExecute" }, { "tolerationSeconds", Seconds },
            });
        }

        if (tolerations.Count > 0)
            spec["tolerations"] = tolerations;
        return ValueTask.CompletedTask;
    }

    private static bool Tolerates(ListValue tolerations, string taint) => tolerations.OfType<ObjectValue>().Any(t =>
        (t.GetString("key") is null or "" || t.GetString("key") == taint) &&
        t.GetString("effect") is null or "" or "NoExecute");
}
