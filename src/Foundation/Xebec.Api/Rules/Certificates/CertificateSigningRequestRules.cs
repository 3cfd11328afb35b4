using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Certificates;

/// <summary>CertificateSigningRequests.</summary>
internal static class CertificateSigningRequestRules
{
    private const long ShortestSeconds = 600;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("signerName") is { Length: > 0 } signer && !signer.Contains('/', StringComparison.Ordinal))
            context.Add(FieldError.Invalid(context.At("signerName"), signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
        if (spec["expirationSeconds"]?.AsInt64() is { } seconds and < ShortestSeconds)
        {
            const string Message = "may not specify a duration less than 600 seconds (10 minutes)";
            context.Add(FieldError.Invalid(context.At("expirationSeconds"), seconds, Message));
        }
    }
}
