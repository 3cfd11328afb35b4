using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>
/// Brings what is missing back into the policy's objects (RBAC "auto-reconciliation"); what was added to them stays. Pure.
/// </summary>
internal static class PolicyReconciliation
{
    /// <summary>The object as it should be, null when nothing is missing or it opted out. Does not change what it is given.</summary>
    public static ObjectValue? Reconcile(ObjectValue stored, ObjectValue wanted)
    {
        if (stored.GetObject("metadata")?.GetObject("annotations")?.GetString(PolicyObjects.AutoUpdate) == "false")
            return null;
        var result = (ObjectValue)stored.DeepClone();
        var changed = AddMembers(result, wanted, "labels") | AddMembers(result, wanted, "annotations");
        if (wanted.ContainsKey("roleRef"))
            changed |= AddSubjects(result, wanted);
        else if (wanted.GetObject("aggregationRule") is { } aggregation)
            changed |= AddSelectors(result, aggregation);
        else
            changed |= AddRules(result, wanted);
        return changed ? result : null;
    }

    private static bool AddMembers(ObjectValue result, ObjectValue wanted, string name)
    {
        var members = result.GetOrAddObject("metadata").GetOrAddObject(name);
        var changed = false;
        foreach (var (key, value) in wanted.GetObject("metadata")?.GetObject(name) ?? [])
        {
            if (members.ContainsKey(key))
                continue;
            members[key] = value;
            changed = true;
        }

        return changed;
    }

    private static bool AddSubjects(ObjectValue result, ObjectValue wanted)
    {
        var subjects = result.GetList("subjects") ?? new ListValue();
        var missing = (wanted.GetList("subjects") ?? []).Where(w => !subjects.Any(s => s.DeepEquals(w))).ToArray();
        foreach (var subject in missing)
            subjects.Add(subject);
        if (missing.Length > 0)
            result["subjects"] = subjects;
        return missing.Length > 0;
    }

    private static bool AddSelectors(ObjectValue result, ObjectValue aggregation)
    {
        var selectors = result.GetObject("aggregationRule")?.GetList("clusterRoleSelectors") ?? new ListValue();
        var missing = (aggregation.GetList("clusterRoleSelectors") ?? []).Where(w => !selectors.Any(s => s.DeepEquals(w))).ToArray();
        foreach (var selector in missing)
            selectors.Add(selector);
        if (missing.Length > 0)
            result.GetOrAddObject("aggregationRule")["clusterRoleSelectors"] = selectors;
        return missing.Length > 0;
    }

    private static bool AddRules(ObjectValue result, ObjectValue wanted)
    {
        if (wanted["rules"]!.DeepEquals(result["rules"]))
            return false;
        var missing = RuleCoverage.Uncovered(RoleRule.AllOf(result), RoleRule.AllOf(wanted));
        if (missing.Count == 0)
            return false;
        var rules = result.GetList("rules") ?? new ListValue();
        foreach (var rule in missing)
            rules.Add(rule.ToTree());
        result["rules"] = rules;
        return true;
    }
}
