using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>A pod may insist on keeping others away from its node, but not from a whole zone.</summary>
internal sealed class LimitPodHardAntiAffinityTopology : IAdmissionPlugin
{
    private const string HostName = "kubernetes.io/hostname";

    /// <inheritdoc/>
    public string Name => "LimitPodHardAntiAffinityTopology";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "pods");

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var terms = request.Object!.GetObject("spec")?.GetObject("affinity")?.GetObject("podAntiAffinity")
            ?.GetList("requiredDuringSchedulingIgnoredDuringExecution");
        foreach (var term in terms?.OfType<ObjectValue>() ?? [])
        {
            if (term.GetString("topologyKey") is var key && key != HostName)
            {
                throw Denied.Because(
                    request, $"affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey {key} but only key {HostName} is allowed");
            }
        }

        return ValueTask.CompletedTask;
    }
}
