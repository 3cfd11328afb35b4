using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Who approves or signs certificate requests needs that verb on their signer: by its name, or by its domain as example.com/*.</summary>
internal static class SignerPermission
{
    /// <summary>Refuses who may not.</summary>
    /// <exception cref="Xebec.ApiMachinery.Errors.ApiException">403.</exception>
    public static async ValueTask CheckAsync(AdmissionParts parts, AdmissionRequest request, string verb, CancellationToken cancellationToken)
    {
        var signer = request.OldObject!.GetObject("spec")?.GetString("signerName") ?? "";
        var domain = signer.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? $"{signer[..slash]}/*" : signer;
        if (!await MayAsync(parts, request, verb, signer, cancellationToken) && !await MayAsync(parts, request, verb, domain, cancellationToken))
            throw Denied.Because(request, $"user not permitted to {verb} requests with signerName \"{signer}\"");
    }

    /// <summary>Whether it is about certificate requests.</summary>
    public static bool IsAbout(AdmissionRequest request, AdmissionOperation operation, string subresource) =>
        request.Operation == operation && request.Subresource == subresource && request.Resource.Plural == "certificatesigningrequests" &&
        request.Resource.GroupVersion.Group == "certificates.k8s.io";

    private static async ValueTask<bool> MayAsync(
        AdmissionParts parts, AdmissionRequest request, string verb, string signer, CancellationToken cancellationToken)
    {
        var decision = await parts.Authorizer.AuthorizeAsync(
            new AuthorizationAttributes
            {
                User = request.User,
                Verb = verb,
                IsResourceRequest = true,
                Group = "certificates.k8s.io",
                Version = "*",
                Resource = "signers",
                Name = signer,
            }, cancellationToken);
        return decision.Allowed;
    }
}
