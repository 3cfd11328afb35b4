using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The fields that an apply would change although others own them.</summary>
internal static class ApplyConflicts
{
    /// <summary>Refuses to change what others own, except the allowed fields.</summary>
    /// <exception cref="ApiException">409 with every conflict.</exception>
    public static void Refuse(List<ManagedEntry> others, VersionChanges changes, ObjectValue? allowed)
    {
        var conflicts = new List<(ManagedEntry, ObjectValue)>();
        foreach (var entry in others)
        {
            var refused = FieldSet.Difference(changes.Of(entry).Changed, allowed);
            if (FieldSet.Intersection(entry.Fields, refused) is { } fields)
                conflicts.Add((entry, fields));
        }

        if (conflicts.Count > 0)
            throw ToException(conflicts);
    }

    // One cause a field.
    private static ApiException ToException(IEnumerable<(ManagedEntry Owner, ObjectValue Fields)> conflicts)
    {
        var all = new List<(string Owner, string Path)>();
        foreach (var (owner, fields) in conflicts.OrderBy(c => c.Owner.ToString(), StringComparer.Ordinal))
        {
            var paths = new List<string>();
            FieldSet.AddPaths(fields, "", paths);
            all.AddRange(paths.Select(p => (owner.ToString(), p)));
        }

        var causes = all.Select(c => new StatusCause(CauseType.FieldManagerConflict, $"conflict with {c.Owner}", c.Path)).ToArray();
        return ApiErrors.ApplyConflict(causes, Message(all));
    }

    private static string Message(List<(string Owner, string Path)> conflicts)
    {
        if (conflicts is [var (owner, path)])
            return $"Apply failed with 1 conflict: conflict with {owner}: {path}";
        var lines = new List<string>();
        foreach (var group in conflicts.GroupBy(c => c.Owner))
        {
            lines.Add($"conflicts with {group.Key}:");
            lines.AddRange(group.Select(c => "- " + c.Path));
        }

        return $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}
