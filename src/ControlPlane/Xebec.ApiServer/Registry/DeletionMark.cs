using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>An object as a delete leaves it: the pure half of deletion (graceful deletion, finalizers, propagation).</summary>
/// <param name="Outcome">Whether it stays.</param>
/// <param name="Tree">The object with its marks.</param>
internal sealed record DeletionMark(DeletionOutcome Outcome, ObjectValue Tree)
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    /// <summary>Marks an object.</summary>
    public static DeletionMark Apply(ObjectValue tree, DeleteRequest options, ResourceStrategy strategy, DateTimeOffset now)
    {
        var metadata = tree.GetObject("metadata")!;
        var finalizersChanged = strategy.IsGarbageCollected && SetPropagation(metadata, options.PropagationPolicy ?? Default(metadata, strategy));
        var hasFinalizers = metadata.GetList("finalizers") is { Count: > 0 };
        var grace = strategy.GracePeriodSeconds(tree, options.GracePeriodSeconds);
        if (ObjectMetadata.IsBeingDeleted(tree))
            return Again(tree, metadata, options, grace, finalizersChanged, hasFinalizers || strategy.HoldsBack(tree));
        if (grace == 0 && !hasFinalizers && !strategy.HoldsBack(tree))
            return new DeletionMark(DeletionOutcome.Removed, tree);
        metadata["deletionTimestamp"] = ObjectMetadata.Timestamp(now.AddSeconds(grace));
        metadata["deletionGracePeriodSeconds"] = grace;
        CountGeneration(metadata);
        strategy.MarkTerminating(tree);
        return new DeletionMark(DeletionOutcome.Marked, tree);
    }

    // A second delete can only shorten the grace period; zero removes the object unless finalizers hold it.
    private static DeletionMark Again(
        ObjectValue tree, ObjectValue metadata, DeleteRequest options, long grace, bool finalizersChanged, bool held)
    {
        var current = metadata["deletionGracePeriodSeconds"]?.AsInt64() ?? 0;
        var shorter = options.GracePeriodSeconds is not null && grace < current;
        if (!held && (current == 0 || (shorter && grace == 0)))
            return new DeletionMark(DeletionOutcome.Removed, tree);
        if (!shorter)
            return new DeletionMark(finalizersChanged ? DeletionOutcome.Marked : DeletionOutcome.Unchanged, tree);
        var deadline = DateTimeOffset.Parse(
            metadata.GetString("deletionTimestamp")!, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(grace - current);
        metadata["deletionTimestamp"] = ObjectMetadata.Timestamp(deadline);
        metadata["deletionGracePeriodSeconds"] = grace;
        return new DeletionMark(DeletionOutcome.Marked, tree);
    }

    private static void CountGeneration(ObjectValue metadata)
    {
        if (metadata["generation"]?.AsInt64() is > 0 and var generation)
            metadata["generation"] = generation + 1;
    }

    // What the object's own finalizers ask for goes before the kind's default.
    private static string? Default(ObjectValue metadata, ResourceStrategy strategy) =>
        strategy.OrphansByDefault && metadata.GetList("finalizers")?.Any(f => f.AsString() is Orphan or Foreground) != true ? "Orphan" : null;

    private static bool SetPropagation(ObjectValue metadata, string? policy)
    {
        if (policy is null)
            return false;
        var wanted = policy switch { "Orphan" => Orphan, "Foreground" => Foreground, _ => null };
        var other = wanted == Orphan ? Foreground : Orphan;
        var finalizers = metadata.GetList("finalizers") ?? new ListValue();
        var before = finalizers.Count;
        var kept = new ListValue(finalizers.Where(f => wanted is null ? f.AsString() is not (Orphan or Foreground) : f.AsString() != other));
        if (wanted is not null && !kept.Any(f => f.AsString() == wanted))
            kept.Add(wanted);
        metadata["finalizers"] = kept.Count > 0 ? kept : null;
        return kept.Count != before || !kept.DeepEquals(finalizers);
    }
}
