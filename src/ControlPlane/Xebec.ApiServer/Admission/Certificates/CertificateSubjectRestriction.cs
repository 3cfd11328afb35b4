using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Nobody asks the signer of API clients for a certificate of the masters' group.</summary>
internal sealed class CertificateSubjectRestriction : IAdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";
    private const string Organization = "2.5.4.10";

    /// <inheritdoc/>
    public string Name => "CertificateSubjectRestriction";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => SignerPermission.IsAbout(request, AdmissionOperation.Create, "");

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetObject("spec");
        return spec?.GetString("signerName") == ClientSigner && AsksForMasters(spec.GetString("request") ?? "")
            ? throw Denied.Because(request, $"use of {ClientSigner} signer with {RbacAuthorizer.Masters} group is not allowed")
            : ValueTask.CompletedTask;
    }

    private static bool AsksForMasters(string encoded)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
            var asked = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            return asked.SubjectName.EnumerateRelativeDistinguishedNames().Any(part =>
                !part.HasMultipleElements && part.GetSingleElementType().Value == Organization &&
                part.GetSingleElementValue() == RbacAuthorizer.Masters);
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            // What cannot be read is refused by validation, or never signed.
            return false;
        }
    }
}
