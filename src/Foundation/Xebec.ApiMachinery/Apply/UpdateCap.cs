namespace Xebec.ApiMachinery.Apply;

/// <summary>Keeps the entries of updates few: above ten, the oldest of one version are merged into one.</summary>
internal static class UpdateCap
{
    /// <summary>Entries of operation Update kept apart.</summary>
    public const int MaximumUpdates = 10;

    private const string MergedManager = "ancient-changes";

    public static void Enforce(List<ManagedEntry> entries)
    {
        if (entries.Count <= MaximumUpdates)
            return;
        var updates = entries.Where(e => e.Operation == ManagedEntry.Update)
            .OrderBy(e => e.Time ?? "", StringComparer.Ordinal).ThenBy(e => e.Manager, StringComparer.Ordinal).ToList();
        var excess = updates.Count - MaximumUpdates;
        var firstOfVersion = new Dictionary<string, ManagedEntry>(StringComparer.Ordinal);
        foreach (var update in updates)
        {
            if (excess <= 0)
                return;
            if (firstOfVersion.TryAdd(update.ApiVersion, update))
                continue;
            var first = firstOfVersion[update.ApiVersion];
            var merged = new ManagedEntry(MergedManager, ManagedEntry.Update, update.ApiVersion, "")
            {
                Time = update.Time,
                Fields = FieldSet.Union(first.Fields, update.Fields),
            };
            entries.Remove(first);
            entries.Remove(update);
            entries.Add(merged);
            firstOfVersion[update.ApiVersion] = merged;
            excess--;
        }
    }
}
