using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>Which pods of a namespace would not pass a level that is to be enforced from now on. Pure.</summary>
internal static class ExistingPods
{
    private const int MaximumPods = 3000;

    /// <summary>The warnings, as upstream words them: pods of the same violations are told of together.</summary>
    public static IEnumerable<string> Warnings(ReadOnlySpan<CachedObject> pods, string ns, LevelVersion level)
    {
        var (total, violations) = (pods.Length, new Dictionary<string, List<string>>(StringComparer.Ordinal));
        var warnings = new List<string>();
        foreach (var pod in pods[..Math.Min(total, MaximumPods)])
        {
            var why = PodSecurityChecks.Reasons(pod.ToTree(), level);
            if (why.Length == 0)
                continue;
            if (!violations.TryGetValue(why, out var names))
                violations[why] = names = [];
            names.Add(pod.Facts.Name);
        }

        if (total > MaximumPods)
            warnings.Add($"new PodSecurity enforce level only checked against the first {MaximumPods} of {total} existing pods");
        if (violations.Count > 0)
            warnings.Add($"existing pods in namespace \"{ns}\" violate the new PodSecurity enforce level \"{level}\"");
        warnings.AddRange(violations.Select(v => $"{Who(v.Value)}: {v.Key}").Order(StringComparer.Ordinal));
        return warnings;
    }

    private static string Who(List<string> names) => names.Min(StringComparer.Ordinal) + names.Count switch
    {
        1 => "",
        2 => " (and 1 other pod)",
        var count => $" (and {count - 1} other pods)",
    };
}
