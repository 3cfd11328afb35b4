using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>The refusals of policies, as upstream words them.</summary>
internal static class PolicyDenial
{
    /// <summary>The refusal: worded as forbidden, with the reason's code, and the message once more as a cause.</summary>
    public static ApiException Of(AdmissionRequest request, string message, string reason)
    {
        var refused = Denied.Because(request, message);
        return new ApiException(CodeOf(reason), reason, refused.Message, refused.Details! with { Causes = [new("", message)] });
    }

    private static int CodeOf(string reason) => reason switch
    {
        StatusReason.Forbidden => 403,
        StatusReason.Unauthorized => 401,
        StatusReason.RequestEntityTooLarge => 413,
        _ => 422,
    };
}
