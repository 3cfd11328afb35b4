using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Keeps metadata.managedFields: who owns which field, and server-side apply, which is built on it. Pure functions.</summary>
public static class FieldManager
{
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>
    /// Records a create (no live object), update or patch in the updated object's managedFields. The live object is not changed;
    /// what is not changed in managedFields may be shared with it.
    /// </summary>
    /// <param name="live">The stored object, null on create.</param>
    /// <param name="updated">The object to store, decoded and defaulted.</param>
    /// <param name="kind">The kind and the version written at.</param>
    /// <param name="manager">Who writes, see <see cref="ManagerName"/>.</param>
    /// <param name="subresource">The subresource written to, empty for the object itself.</param>
    /// <param name="nowRfc3339">The time of the write in UTC, for example 2026-01-02T03:04:05Z.</param>
    public static async ValueTask TrackUpdateAsync(
        ObjectValue? live, ObjectValue updated, KindVersions kind, string manager, string subresource, string nowRfc3339)
    {
        var changes = new VersionChanges(kind, subresource, live, updated);
        if (changes.Written.IsSame && ManagedEntries.TryKeep(live, updated, subresource.Length > 0))
            return;
        var entries = ManagedEntries.ReadLiveOrSent(live, updated, subresource.Length > 0);
        var isTracked = entries.Count > 0 || live?.GetObject("metadata")?.GetString("uid") is null or "";
        kind.DropUnknown(entries);
        await changes.CompareVersionsAsync(entries);
        if (isTracked)
        {
            var owner = new ManagedEntry(manager, ManagedEntry.Update, kind.Written.ApiVersion, subresource) { Time = nowRfc3339 };
            Record(entries, changes, owner);
        }

        ManagedEntries.Write(updated, entries);
    }

    /// <summary>Merges a configuration into an object, which is changed in place, as an apply would but without account of ownership.</summary>
    public static ObjectValue Merge(ObjectValue target, ObjectValue config, StructSchema? schema) => TypedMerge.Merge(target, config, schema);

    /// <summary>
    /// Server-side apply: the live object (null when it is to be created) with the configuration merged in, what the manager applies
    /// no more removed, and managedFields brought up to date. Applying the same again gives the same object.
    /// </summary>
    /// <param name="live">The stored object, null when it is to be created; not changed.</param>
    /// <param name="config">What the client sent; not changed.</param>
    /// <param name="kind">The kind and the version written at.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="force">Take fields that others own.</param>
    /// <param name="subresource">The subresource applied to, empty for the object itself.</param>
    /// <param name="nowRfc3339">The time of the write in UTC.</param>
    /// <exception cref="ApiException">409 with every conflict; 400 or 500 when the configuration cannot be applied.</exception>
    public static async ValueTask<ObjectValue> ApplyAsync(
        ObjectValue? live, ObjectValue config, KindVersions kind, string manager, bool force, string subresource, string nowRfc3339)
    {
        var schema = kind.Written.Schema;
        AppliedConfig.Check(config, schema, kind.Written.ApiVersion);
        var self = new ManagedEntry(manager, ManagedEntry.Apply, kind.Written.ApiVersion, subresource) { Time = nowRfc3339 };
        var entries = ReadForApply(live, kind, self);
        var last = entries.Find(self.IsSameOwner);
        entries.RemoveAll(self.IsSameOwner);
        self = self with { Fields = FieldSet.RecursiveDifference(OwnedFields.Of(config, schema), ResetFields.For(schema, subresource).Set) };
        var merged = await MergeAndPruneAsync(live ?? [], config, kind, last, entries.Append(self));
        var changes = new VersionChanges(kind, subresource, live, merged);
        await changes.CompareVersionsAsync(entries);
        var isKubectl = manager == LastApplied.Manager;
        if (!force)
            ApplyConflicts.Refuse(entries, changes, isKubectl && live is not null ? LastApplied.UnchangedFields(live, schema) : null);
        Disown(entries, changes, changer: null);
        if (self.Fields is not null)
            entries.Add(changes.Written.IsSame && IsSame(self, last) ? self with { Time = last!.Time } : self);
        ManagedEntries.Write(merged, entries);
        if (isKubectl)
            LastApplied.Sync(merged, config);
        return merged;
    }

    private static bool IsSame(ManagedEntry self, ManagedEntry? last) =>
        self.ApiVersion == last?.ApiVersion && self.Fields!.DeepEquals(last.Fields);

    private static List<ManagedEntry> ReadForApply(ObjectValue? live, KindVersions kind, ManagedEntry self)
    {
        var entries = ManagedEntries.Read(live);
        if (entries.Count == 0 && live is not null)
        {
            var everything = new VersionChanges(kind, self.Subresource, before: null, live);
            Record(entries, everything, self with { Manager = BeforeFirstApply, Operation = ManagedEntry.Update });
        }

        kind.DropUnknown(entries);
        return entries;
    }

    /// <summary>
    /// When an update changed nothing but the times in managedFields, puts the live object's times back and says so:
    /// nothing is to be stored.
    /// </summary>
    public static bool IsUnchanged(ObjectValue live, ObjectValue updated)
    {
        var (before, after) = (ManagedEntries.Tree(live), ManagedEntries.Tree(updated));
        if (!SameIgnoringTimes(before, after))
            return false;
        if (before is not null)
            updated.GetObject("metadata")!["managedFields"] = before;
        return live.DeepEquals(updated);
    }

    // The owner's time becomes its entry's when it took anything.
    private static void Record(List<ManagedEntry> entries, VersionChanges changes, ManagedEntry owner)
    {
        var own = entries.Find(owner.IsSameOwner);
        Disown(entries, changes, own);
        if (changes.Written.Changed is { } changed)
        {
            var kept = FieldSet.Difference(own?.Fields, changes.Written.Removed);
            entries.RemoveAll(owner.IsSameOwner);
            entries.Add(owner with { Fields = FieldSet.Union(kept, changed) });
        }

        UpdateCap.Enforce(entries);
    }

    // Whoever owned what was changed or removed owns it no more; the changer itself only loses what was removed.
    private static void Disown(List<ManagedEntry> entries, VersionChanges changes, ManagedEntry? changer)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var entry = entries[i];
            var difference = changes.Of(entry);
            var fields = FieldSet.Difference(entry.Fields, difference.Removed);
            if (!ReferenceEquals(entry, changer))
                fields = FieldSet.Difference(fields, difference.Changed);
            if (fields is null)
                entries.RemoveAt(i);
            else if (!ReferenceEquals(fields, entry.Fields))
                entries[i] = entry with { Fields = fields };
        }
    }

    private static async ValueTask<ObjectValue> MergeAndPruneAsync(
        ObjectValue live, ObjectValue config, KindVersions kind, ManagedEntry? last, IEnumerable<ManagedEntry> owners)
    {
        var target = (ObjectValue)live.DeepClone();
        target.GetObject("metadata")?.Remove("managedFields");
        var merged = TypedMerge.Merge(target, config, kind.Written.Schema);
        var pruned = await Pruning.PruneAsync(merged, last, owners, kind);

        // Pruning drops what it empties, also what is applied as empty: merging again restores that.
        return ReferenceEquals(pruned, merged) ? merged : TypedMerge.Merge(pruned, config, kind.Written.Schema);
    }

    private static bool SameIgnoringTimes(ListValue? before, ListValue? after)
    {
        if (before?.Count != after?.Count)
            return false;
        for (var i = 0; i < (before?.Count ?? 0); i++)
        {
            var (left, right) = (ManagedEntry.Read(before![i], isCanonical: true), ManagedEntry.Read(after![i], isCanonical: true));
            if (left is null || right is null)
                return false;
            if (!left.IsSameOwner(right) || left.ApiVersion != right.ApiVersion || left.Fields?.DeepEquals(right.Fields) != true)
                return false;
        }

        return true;
    }
}
