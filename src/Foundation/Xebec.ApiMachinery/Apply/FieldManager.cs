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
    public static void TrackUpdate(ObjectValue? live, ObjectValue updated, in FieldManagerRequest request)
    {
        var entries = ManagedEntries.ReadLiveOrSent(live, updated, request.Subresource.Length > 0);
        if (entries.Count > 0 || live?.GetObject("metadata")?.GetString("uid") is null or "")
        {
            var difference = Comparison.Of(live ?? [], updated, request.Schema).Without(request.ResetFields.Set);
            if (!difference.IsSame)
                Record(entries, difference, request);
        }

        ManagedEntries.Write(updated, entries);
    }

    /// <summary>
    /// Server-side apply: the live object (null when it is to be created) with the configuration merged in, what the manager applies
    /// no more removed, and managedFields brought up to date. Applying the same again gives the same object.
    /// </summary>
    /// <exception cref="ApiException">409 with every conflict; 400 or 500 when the configuration cannot be applied.</exception>
    public static ObjectValue Apply(ObjectValue? live, ObjectValue config, bool force, in FieldManagerRequest request)
    {
        CheckConfig(config, request);
        var before = live ?? [];
        var entries = ManagedEntries.Read(live);
        if (entries.Count == 0 && live is not null)
            Record(entries, Comparison.Of([], live, request.Schema), request with { Manager = BeforeFirstApply });
        var conflictsAllowed = force ? null : request.Manager == LastApplied.Manager ? LastApplied.UnchangedFields(before, request.Schema) : null;
        var applied = ApplyTo(before, config, entries, force, conflictsAllowed, request);
        if (request.Manager == LastApplied.Manager)
            LastApplied.Sync(applied, config);
        return applied;
    }

    /// <summary>
    /// When an update changed nothing but the times in managedFields, puts the live object's times back and says so: nothing is to be stored.
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

    private static void Record(List<ManagedEntry> entries, Comparison difference, FieldManagerRequest request)
    {
        var self = new ManagedEntry(request.Manager, ManagedEntry.Update, request.ApiVersion, request.Subresource);
        var own = entries.Find(self.IsSameOwner) ?? self;
        Disown(entries, difference, own);
        var changed = difference.Changed;
        if (changed is not null)
        {
            var kept = FieldSet.Difference(own.Fields, difference.Removed);
            entries.RemoveAll(self.IsSameOwner);
            entries.Add(own with { Fields = FieldSet.Union(kept, changed), Time = request.NowRfc3339 });
        }

        UpdateCap.Enforce(entries);
    }

    // Whoever owned what was changed or removed owns it no more; the changer itself only loses what was removed.
    private static void Disown(List<ManagedEntry> entries, Comparison difference, ManagedEntry? changer)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var entry = entries[i];
            var fields = FieldSet.Difference(entry.Fields, difference.Removed);
            if (!ReferenceEquals(entry, changer))
                fields = FieldSet.Difference(fields, difference.Changed);
            if (fields is null)
                entries.RemoveAt(i);
            else if (!ReferenceEquals(fields, entry.Fields))
                entries[i] = entry with { Fields = fields };
        }
    }

    private static ObjectValue ApplyTo(
        ObjectValue live, ObjectValue config, List<ManagedEntry> entries, bool force, ObjectValue? conflictsAllowed, FieldManagerRequest request)
    {
        var (schema, reset) = (request.Schema, request.ResetFields.Set);
        var self = new ManagedEntry(request.Manager, ManagedEntry.Apply, request.ApiVersion, request.Subresource);
        var last = entries.Find(self.IsSameOwner);
        entries.RemoveAll(self.IsSameOwner);
        var set = FieldSet.RecursiveDifference(OwnedFields.Of(config, schema), reset);
        var owned = entries.Aggregate(set, (all, e) => FieldSet.Union(all, e.Fields));
        var both = Merge(live, config, schema);
        var merged = Pruning.Prune(both, last?.Fields, owned, schema);
        if (!ReferenceEquals(merged, both))
            TypedMerge.Merge(merged, config, schema); // Pruning drops what it empties, also what is applied as empty.
        var difference = Comparison.Of(live, merged, schema).Without(reset);
        if (!force)
            RefuseConflicts(entries, FieldSet.Difference(difference.Changed, conflictsAllowed));
        Disown(entries, difference, changer: null);
        if (set is not null)
        {
            var isSame = difference.IsSame && last?.Fields?.DeepEquals(set) == true;
            entries.Add(self with { Fields = set, Time = isSame ? last!.Time : request.NowRfc3339 });
        }

        ManagedEntries.Write(merged, entries);
        return merged;
    }

    private static ObjectValue Merge(ObjectValue live, ObjectValue config, StructSchema? schema)
    {
        var target = (ObjectValue)live.DeepClone();
        target.GetObject("metadata")?.Remove("managedFields");
        return TypedMerge.Merge(target, config, schema);
    }

    private static void RefuseConflicts(List<ManagedEntry> entries, ObjectValue? changed)
    {
        var conflicts = new List<(ManagedEntry, ObjectValue)>();
        foreach (var entry in entries)
        {
            if (FieldSet.Intersection(entry.Fields, changed) is { } fields)
                conflicts.Add((entry, fields));
        }

        if (conflicts.Count > 0)
            throw ApplyConflicts.ToException(conflicts);
    }

    private static void CheckConfig(ObjectValue config, in FieldManagerRequest request)
    {
        var version = config.GetString("apiVersion");
        if (version != request.ApiVersion)
            throw ApiErrors.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {request.ApiVersion}");
        if (config.GetObject("metadata")?["managedFields"] is not (null or NullValue))
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        AppliedConfig.Check(config, request.Schema);
    }

    private static bool SameIgnoringTimes(ListValue? before, ListValue? after)
    {
        if (before?.Count != after?.Count)
            return false;
        for (var i = 0; i < (before?.Count ?? 0); i++)
        {
            if (ManagedEntry.Read(before![i], isCanonical: true) is not { } left || ManagedEntry.Read(after![i], isCanonical: true) is not { } right)
                return false;
            if (!left.IsSameOwner(right) || left.ApiVersion != right.ApiVersion || left.Fields?.DeepEquals(right.Fields) != true)
                return false;
        }

        return true;
    }
}
