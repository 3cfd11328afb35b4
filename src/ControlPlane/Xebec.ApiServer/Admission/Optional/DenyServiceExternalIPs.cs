using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Services may keep their external IPs and give them up, but get no new ones.</summary>
internal sealed class DenyServiceExternalIPs : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "DenyServiceExternalIPs";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "services");

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var before = Addresses(request.OldObject).ToHashSet(StringComparer.Ordinal);
        return Addresses(request.Object).All(before.Contains)
            ? ValueTask.CompletedTask
            : throw Denied.Because(request, "Use of external IPs is denied by admission control.");
    }

    private static IEnumerable<string> Addresses(ObjectValue? service) =>
        service?.GetObject("spec")?.GetList("externalIPs")?.Select(a => a.AsString() ?? "") ?? [];
}
