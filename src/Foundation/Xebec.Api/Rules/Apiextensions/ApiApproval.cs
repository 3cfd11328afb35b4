namespace Xebec.Api.Rules.Apiextensions;

/// <summary>Whether a definition in a group of the Kubernetes community has the community's approval (annotation api-approved.kubernetes.io).</summary>
public sealed record ApiApproval(string State, bool IsApproved, string Reason, string Message)
{
    /// <summary>The annotation.</summary>
    public const string Annotation = "api-approved.kubernetes.io";

    private const string Help = "see https://github.com/kubernetes/enhancements/pull/1111";

    /// <summary>Nothing is said.</summary>
    public const string Missing = "Missing";

    /// <summary>What is said is neither a link nor a reason.</summary>
    public const string Invalid = "Invalid";

    /// <summary>Whether a group is the Kubernetes community's.</summary>
    public static bool IsNeeded(string group) =>
        group is "k8s.io" or "kubernetes.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal)
        || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);

    /// <summary>Reads the annotation, which is empty when it is absent.</summary>
    public static ApiApproval Read(string annotation)
    {
        if (annotation.Length == 0)
            return new(Missing, false, "MissingAnnotation", $"protected groups must have approval annotation \"{Annotation}\", {Help}");
        if (annotation.StartsWith("unapproved", StringComparison.Ordinal))
            return new("Bypassed", false, "UnapprovedAnnotation", $"not approved: \"{annotation}\"");
        if (Uri.TryCreate(annotation, UriKind.Absolute, out var link) && link.Host.Length > 0)
            return new("Approved", true, "ApprovedAnnotation", $"approved in {annotation}");
        const string Either = "with either a URL or a reason starting with \"unapproved\"";
        return new(Invalid, false, "InvalidAnnotation", $"protected groups must have approval annotation \"{Annotation}\" {Either}, {Help}");
    }
}
