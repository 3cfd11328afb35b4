using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>
/// Who approves a certificate request, or puts a certificate into one, needs that verb on its signer; nobody gets the masters' group
/// signed (upstream's CertificateApproval, CertificateSigning and CertificateSubjectRestriction).
/// </summary>
internal sealed class CertificateAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";

    /// <inheritdoc/>
    public string Name => "CertificateApproval";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update &&
        request.Resource.GroupVersion.Group == "certificates.k8s.io" && request.Resource.Plural == "certificatesigningrequests";

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetObject("spec") ?? new ObjectValue();
        if (request.Operation == AdmissionOperation.Create)
            CheckSubject(request, spec);
        else if (request.Subresource == "approval")
            CheckMay(request, "approve", request.OldObject!);
        else if (request.Subresource == "status" && Certificate(request.Object!) is { Length: > 0 } given && given != Certificate(request.OldObject!))
            CheckMay(request, "sign", request.OldObject!);
        return ValueTask.CompletedTask;
    }

    private static string? Certificate(ObjectValue item) => item.GetObject("status")?.GetString("certificate");

    private void CheckMay(AdmissionRequest request, string verb, ObjectValue stored)
    {
        var signer = stored.GetObject("spec")?.GetString("signerName") ?? "";
        var domain = signer.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? $"{signer[..slash]}/*" : signer;
        if (May(request, verb, signer) || May(request, verb, domain))
            return;
        throw Denied.Because(request, $"user not permitted to {verb} requests with signerName \"{signer}\"");
    }

    private bool May(AdmissionRequest request, string verb, string signer) => parts.Authorizer.Authorize(new AuthorizationAttributes
    {
        User = request.User,
        Verb = verb,
        IsResourceRequest = true,
        Group = "certificates.k8s.io",
        Version = "*",
        Resource = "signers",
        Name = signer,
    }).Allowed;

    private static void CheckSubject(AdmissionRequest request, ObjectValue spec)
    {
        if (spec.GetString("signerName") != ClientSigner || !AsksForMasters(spec.GetString("request") ?? ""))
            return;
        throw Denied.Because(request, $"use of {ClientSigner} signer with {RbacAuthorizer.Masters} group is not allowed");
    }

    private static bool AsksForMasters(string encoded)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
            var asked = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            return asked.SubjectName.EnumerateRelativeDistinguishedNames().Any(
                part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.10" && part.GetSingleElementValue() == RbacAuthorizer.Masters);
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            // What cannot be read is refused by validation, or never signed.
            return false;
        }
    }
}
