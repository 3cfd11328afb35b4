using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Nobody asks the signer of API clients for a certificate of the masters' group.</summary>
internal sealed class CertificateSubjectRestriction : IAdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";

    /// <inheritdoc/>
    public string Name => "CertificateSubjectRestriction";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => SignerPermission.IsAbout(request, AdmissionOperation.Create, "");

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetObject("spec");
        return spec?.GetString("signerName") == ClientSigner && RequestSubject.Mentions(spec.GetString("request") ?? "", RbacAuthorizer.Masters)
            ? throw Denied.Because(request, $"use of {ClientSigner} signer with {RbacAuthorizer.Masters} group is not allowed")
            : ValueTask.CompletedTask;
    }
}
