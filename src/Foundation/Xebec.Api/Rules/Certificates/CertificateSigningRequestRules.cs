using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Certificates;

/// <summary>CertificateSigningRequests.</summary>
internal static class CertificateSigningRequestRules
{
    private const long ShortestSeconds = 600;
    private const string SignerForm = "must be a fully qualified domain and path of the form 'example.com/signer-name'";

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("signerName") is { Length: > 0 } signer && !signer.Contains('/', StringComparison.Ordinal))
            context.Invalid("signerName", signer, SignerForm);
        if (spec["expirationSeconds"]?.AsInt64() is { } seconds and < ShortestSeconds)
        {
            const string Message = "may not specify a duration less than 600 seconds (10 minutes)";
            context.Invalid("expirationSeconds", seconds, Message);
        }
    }
}
