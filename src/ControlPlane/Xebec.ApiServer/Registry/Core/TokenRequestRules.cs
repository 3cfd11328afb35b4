using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>What a TokenRequest may ask for.</summary>
internal static class TokenRequestRules
{
    private const long MinimumSeconds = 600;
    private const long MaximumSeconds = 1L << 32;

    /// <exception cref="ApiException">422 for a duration out of range, 400 for another object's name.</exception>
    public static void Check(ObjectValue review, string accountName)
    {
        var given = review.GetObject("metadata")?.GetString("name");
        if (given is { Length: > 0 } && given != accountName)
            throw ApiErrors.BadRequest($"the name of the object ({given}) does not match the name on the URL ({accountName})");
        var path = FieldPath.Root("spec").Child("expirationSeconds");
        var seconds = review.GetObject("spec")!["expirationSeconds"]!.AsInt64() ?? 0;
        var problem = seconds < MinimumSeconds ? "may not specify a duration less than 10 minutes"
            : seconds > MaximumSeconds ? "may not specify a duration larger than 2^32 seconds" : null;
        if (problem is not null)
            throw ApiErrors.Invalid("authentication.k8s.io", "TokenRequest", "", [FieldError.Invalid(path, seconds, problem)]);
    }

    /// <exception cref="ApiException">409 when the request is for an account of the same name that is gone.</exception>
    public static void CheckAccount(ObjectValue review, string uid, RequestContext request)
    {
        if (review.GetObject("metadata")?.GetString("uid") is { Length: > 0 } asked && asked != uid)
        {
            throw ApiErrors.Conflict(
                request.Resource.Info, request.Info.Name, $"the UID in the token request ({asked}) does not match the UID of the service account ({uid})");
        }
    }

    /// <exception cref="ApiException">409 when the reference names another object of the same name.</exception>
    public static void CheckUid(ObjectValue reference, string uid, RequestContext request)
    {
        if (reference.GetString("uid") is not { Length: > 0 } asked || asked == uid)
            return;
        throw ApiErrors.Conflict(
            request.Resource.Info, request.Info.Name,
            $"the UID in the bound object reference ({asked}) does not match the UID in record. The object might have been deleted and then recreated");
    }

    /// <summary>A reference's type as upstream prints a GroupVersionKind.</summary>
    public static string TypeText(ObjectValue reference)
    {
        var apiVersion = reference.GetString("apiVersion") ?? "";
        return $"{(apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion : "/" + apiVersion)}, Kind={reference.GetString("kind")}";
    }
}
