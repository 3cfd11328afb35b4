using System.Security.Cryptography;
using System.Text;
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
        return spec?.GetString("signerName") == ClientSigner && AsksForMasters(spec.GetString("request") ?? "")
            ? throw Denied.Because(request, $"use of {ClientSigner} signer with {RbacAuthorizer.Masters} group is not allowed")
            : ValueTask.CompletedTask;
    }

    // By its bytes: a subject can be written in more ways, and keys be of more kinds, than .NET reads.
    private static bool AsksForMasters(string encoded)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
            var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
            return der.AsSpan().IndexOf(Encoding.ASCII.GetBytes(RbacAuthorizer.Masters)) >= 0;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // What is no PEM is refused by validation.
            return false;
        }
    }
}
