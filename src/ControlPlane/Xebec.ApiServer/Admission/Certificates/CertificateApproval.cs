namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Who approves or denies a certificate request needs the verb approve on its signer.</summary>
internal sealed class CertificateApproval(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "CertificateApproval";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => SignerPermission.IsAbout(request, AdmissionOperation.Update, "approval");

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        SignerPermission.CheckAsync(parts, request, "approve", cancellationToken);
}
