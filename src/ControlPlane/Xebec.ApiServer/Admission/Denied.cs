using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Admission;

/// <summary>The refusals of admission plugins, as upstream words them.</summary>
internal static class Denied
{
    /// <summary>403 about the object of a request.</summary>
    public static ApiException Because(AdmissionRequest request, string why) =>
        ApiErrors.Forbidden(request.Resource, NameOf(request), why);

    /// <summary>403 for one or more reasons; several are shown in brackets.</summary>
    public static ApiException Because(AdmissionRequest request, IReadOnlyList<string> why) =>
        Because(request, why.Count == 1 ? why[0] : $"[{string.Join(", ", why.Distinct())}]");

    private static string NameOf(AdmissionRequest request)
    {
        if (request.Name.Length > 0)
            return request.Name;
        var metadata = request.Object?.GetObject("metadata");
        return metadata?.GetString("name") is { Length: > 0 } name ? name : metadata?.GetString("generateName") ?? "Unknown";
    }
}
