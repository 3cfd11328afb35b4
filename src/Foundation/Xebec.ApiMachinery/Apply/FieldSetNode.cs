using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Builds one node of a field set, creating nothing before there is something to hold and sorting only when needed.</summary>
internal struct FieldSetNode
{
    private ObjectValue? _node;
    private string? _last;
    private bool _isUnsorted;

    /// <summary>The node itself is in the set; to be said before anything below it is added.</summary>
    public void AddSelf() => (_node ??= []).Append(PathElement.Self, FieldSet.Leaf);

    /// <summary>Something below the node is in the set; null adds nothing.</summary>
    public void Add(string step, ObjectValue? child)
    {
        if (child is null)
            return;
        _isUnsorted |= _last is not null && PathElement.Compare(_last, step) >= 0;
        _last = step;
        (_node ??= []).Append(step, child);
    }

    /// <summary>The finished node, null when it is empty.</summary>
    public readonly ObjectValue? Build()
    {
        if (_node is null)
            return null;
        if (_node.Count == 1 && _last is null)
            return FieldSet.Leaf;
        if (_isUnsorted)
            SortAndMerge(_node);
        return _node;
    }

    // A list may hold an item twice; its step then stands once, for everything below either.
    private static void SortAndMerge(ObjectValue node)
    {
        var members = node.MembersForSort();
        members.Sort(static (a, b) => PathElement.Compare(a.Key, b.Key));
        var kept = 1;
        for (var i = 1; i < members.Length; i++)
        {
            if (members[i].Key == members[kept - 1].Key)
            {
                var both = FieldSet.Union((ObjectValue)members[kept - 1].Value, (ObjectValue)members[i].Value)!;
                members[kept - 1] = new(members[i].Key, both);
            }
            else
            {
                members[kept++] = members[i];
            }
        }

        node.Truncate(kept);
    }
}
