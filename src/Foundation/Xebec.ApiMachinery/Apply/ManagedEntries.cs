using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Reads and writes metadata.managedFields as a list of entries.</summary>
internal static class ManagedEntries
{
    private const string Member = "managedFields";

    /// <summary>An object's entries; none when it has none or one is malformed.</summary>
    public static List<ManagedEntry> Read(ObjectValue? tree) => TryRead(Tree(tree), isCanonical: true) ?? [];

    /// <summary>
    /// The entries an update starts from: those the client sent, the live object's when it sent none or wrong ones, none when it
    /// sent the one empty entry that resets them. Through a subresource always the live object's.
    /// </summary>
    public static List<ManagedEntry> ReadLiveOrSent(ObjectValue? live, ObjectValue sent, bool isSubresource)
    {
        var sentTree = Tree(sent);
        if (isSubresource || sentTree is null || sentTree.DeepEquals(Tree(live)))
            return Read(live);
        if (sentTree.Count == 1 && sentTree[0] is ObjectValue { Count: 0 })
            return [];
        return TryRead(sentTree, isCanonical: false) is { Count: > 0 } entries ? entries : Read(live);
    }

    /// <summary>Gives the updated object the live one's managedFields as they are, unless the client sent others.</summary>
    public static bool TryKeep(ObjectValue? live, ObjectValue updated, bool isSubresource)
    {
        var (before, sent) = (Tree(live), Tree(updated));
        if (before is null || (!isSubresource && sent is { Count: > 0 } && !sent.DeepEquals(before)))
            return false;
        updated.GetOrAddObject("metadata")[Member] = before;
        return true;
    }

    /// <summary>Writes the entries in upstream's order: appliers first, then by time and name.</summary>
    public static void Write(ObjectValue tree, List<ManagedEntry> entries)
    {
        if (entries.Count == 0)
        {
            tree.GetObject("metadata")?.Remove(Member);
            return;
        }

        entries.Sort(Compare);
        var list = new ListValue();
        foreach (var entry in entries)
            list.Add(entry.ToTree());
        tree.GetOrAddObject("metadata")[Member] = list;
    }

    public static ListValue? Tree(ObjectValue? tree) => tree?.GetObject("metadata")?.GetList(Member);

    private static List<ManagedEntry>? TryRead(ListValue? list, bool isCanonical)
    {
        var entries = new List<ManagedEntry>((list?.Count ?? 0) + 1);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (ManagedEntry.Read(list![i], isCanonical) is not { } entry)
                return null;
            entries.Add(entry);
        }

        return entries;
    }

    private static int Compare(ManagedEntry left, ManagedEntry right)
    {
        var order = string.CompareOrdinal(left.Operation, right.Operation);
        if (order == 0)
            order = string.CompareOrdinal(left.Time ?? "", right.Time ?? "");
        if (order == 0)
            order = string.CompareOrdinal(left.Manager, right.Manager);
        if (order == 0)
            order = string.CompareOrdinal(left.ApiVersion, right.ApiVersion);
        return order == 0 ? string.CompareOrdinal(left.Subresource, right.Subresource) : order;
    }
}
