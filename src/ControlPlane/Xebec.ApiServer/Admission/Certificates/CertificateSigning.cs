using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Who puts a certificate, or that signing failed, into a certificate request needs the verb sign on its signer.</summary>
internal sealed class CertificateSigning(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "CertificateSigning";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        SignerPermission.IsAbout(request, AdmissionOperation.Update, "status") && Issued(request.Object) != Issued(request.OldObject);

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        SignerPermission.CheckAsync(parts, request, "sign", cancellationToken);

    private static (string Certificate, bool HasFailed) Issued(ObjectValue? item)
    {
        var status = item?.GetObject("status");
        return (status?.GetString("certificate") ?? "", status?.GetList("conditions")?.Any(c => c.AsObject()?.GetString("type") == "Failed") == true);
    }
}
