using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Builds one node of a field set, creating nothing before there is something to hold and sorting only when needed.</summary>
internal struct FieldSetNode
{
    private ObjectValue? _node;
    private string? _last;
    private bool _isUnsorted;

    /// <summary>The node itself is in the set.</summary>
    public void AddSelf() => (_node ??= [])[PathElement.Self] = FieldSet.Leaf;

    /// <summary>Something below the node is in the set; null adds nothing.</summary>
    public void Add(string step, ObjectValue? child)
    {
        if (child is null)
            return;
        _node ??= [];
        _isUnsorted |= _last is not null && PathElement.Compare(_last, step) > 0;
        _last = step;
        _node[step] = child;
    }

    /// <summary>The finished node, null when it is empty.</summary>
    public readonly ObjectValue? Build()
    {
        if (_node is null)
            return null;
        if (_node.Count == 1 && _node.At(0).Key == PathElement.Self)
            return FieldSet.Leaf;
        if (!_isUnsorted)
            return _node;
        var sorted = new KeyValuePair<string, Value>[_node.Count];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = _node.At(i);
        Array.Sort(sorted, static (a, b) => PathElement.Compare(a.Key, b.Key));
        var result = new ObjectValue();
        foreach (var (step, child) in sorted)
            result[step] = child;
        return result;
    }
}
