using Xebec.Api.Rules.Apiextensions;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>What the status of a definition should say: upstream's naming, establishing and approval controllers as one pure function.</summary>
internal static class DefinitionStatus
{
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
        if (!ApiApproval.IsNeeded(definition.Group))
        {
            DefinitionConditions.Remove(tree, Condition);
            return;
        }

        var approval = ApiApproval.Read(tree.Text("metadata", "annotations", ApiApproval.Annotation));
        DefinitionConditions.Set(tree, Condition, approval.IsApproved, approval.Reason, approval.Message, now);
    }
}
