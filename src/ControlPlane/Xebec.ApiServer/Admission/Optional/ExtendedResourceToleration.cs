using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Pods that ask for an extended resource tolerate the taint of its name, by which nodes that have it are set apart.</summary>
internal sealed class ExtendedResourceToleration : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "ExtendedResourceToleration";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "pods");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var asked = PodContainers.Of(request.Object!).SelectMany(c => c.GetObject("resources")?.GetObject("requests")?.Select(r => r.Key) ?? []);
        foreach (var resource in asked.Where(IsExtended).Distinct().Order(StringComparer.Ordinal).ToArray())
        {
            PodTolerations.Add(request.Object!, new ObjectValue { { "key", resource }, { "operator", "Exists" }, { "effect", "NoSchedule" } });
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsExtended(string resource) =>
        resource.Contains('/', StringComparison.Ordinal) && !resource.Contains("kubernetes.io/", StringComparison.Ordinal) &&
        !resource.StartsWith("requests.", StringComparison.Ordinal);
}
