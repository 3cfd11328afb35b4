using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Authorization;

/// <summary>Rules as messages show them: {APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}.</summary>
internal static class RuleText
{
    public static string Of(RoleRule rule)
    {
        var parts = new List<string>();
        Add(parts, "APIGroups", rule.Groups);
        Add(parts, "Resources", rule.Resources);
        Add(parts, "NonResourceURLs", rule.Paths);
        Add(parts, "ResourceNames", rule.Names);
        Add(parts, "Verbs", rule.VerbNames);
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary>A list as Go's %q prints it.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(' ', texts.Select(GoText.Quote))}]";

    private static void Add(List<string> parts, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            parts.Add($"{name}:{List(texts)}");
    }
}
