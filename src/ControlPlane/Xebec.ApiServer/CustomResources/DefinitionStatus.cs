using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>What the status of a definition should say: upstream's naming, establishing and approval controllers as one pure function.</summary>
internal static class DefinitionStatus
{
    private const string ApprovalAnnotation = "api-approved.kubernetes.io";
    private const string ApprovalHelp = "see https://github.com/kubernetes/enhancements/pull/1111";

    /// <summary>Brings the status of a tree up to date; false when it was already.</summary>
    /// <param name="tree">The definition, which is changed.</param>
    /// <param name="others">All other definitions.</param>
    /// <param name="now">The time, RFC 3339.</param>
    public static bool Update(ObjectValue tree, IEnumerable<Definition> others, string now)
    {
        var before = tree["status"]?.DeepClone();
        var definition = Definition.Read(tree);
        SetNames(tree, definition, others, now);
        SetApproval(tree, definition, now);
        return !tree["status"]!.DeepEquals(before);
    }

    private static void SetNames(ObjectValue tree, Definition definition, IEnumerable<Definition> others, string now)
    {
        var (accepted, conflict) = NameClaims.Of(definition.Group, others).Decide(definition.Names, definition.AcceptedNames);
        tree.GetOrAddObject("status")["acceptedNames"] = accepted.ToTree();
        DefinitionConditions.Set(
            tree, "NamesAccepted", conflict is null, conflict?.Reason ?? "NoConflicts", conflict?.Message ?? "no conflicts found", now);
        if (definition.IsEstablished || definition.IsTerminating)
            return;
        if (conflict is null)
            DefinitionConditions.Set(tree, "Established", true, "InitialNamesAccepted", "the initial names have been accepted", now);
        else
            DefinitionConditions.Set(tree, "Established", false, "NotAccepted", "not all names are accepted", now);
    }

    private static void SetApproval(ObjectValue tree, Definition definition, string now)
    {
        const string Condition = "KubernetesAPIApprovalPolicyConformant";
        if (!IsProtected(definition.Group))
        {
            DefinitionConditions.Remove(tree, Condition);
            return;
        }

        var (isTrue, reason, message) = Approval(tree.Text("metadata", "annotations", ApprovalAnnotation));
        DefinitionConditions.Set(tree, Condition, isTrue, reason, message, now);
    }

    private static (bool, string, string) Approval(string annotation)
    {
        if (annotation.Length == 0)
            return (false, "MissingAnnotation", $"protected groups must have approval annotation \"{ApprovalAnnotation}\", {ApprovalHelp}");
        if (annotation.StartsWith("unapproved", StringComparison.Ordinal))
            return (false, "UnapprovedAnnotation", $"not approved: \"{annotation}\"");
        if (Uri.TryCreate(annotation, UriKind.Absolute, out var link) && link.Host.Length > 0)
            return (true, "ApprovedAnnotation", $"approved in {annotation}");
        const string Either = "with either a URL or a reason starting with \"unapproved\"";
        return (false, "InvalidAnnotation",
            $"protected groups must have approval annotation \"{ApprovalAnnotation}\" {Either}, {ApprovalHelp}");
    }

    /// <summary>Whether a group is the Kubernetes community's.</summary>
    public static bool IsProtected(string group) =>
        group is "k8s.io" or "kubernetes.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal)
        || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
}
