namespace Xebec.Cel.Values;

/// <summary>The list that map and filter accumulate: it grows in place, which nobody can see since expressions cannot name it.</summary>
internal sealed class CelListBuilder : CelList
{
    private readonly List<CelValue> _items = [];

    public override int Count => _items.Count;

    public override CelValue this[int index] => _items[index];

    public override CelValue Concat(CelList other)
    {
        for (var i = 0; i < other.Count; i++)
            _items.Add(other[i]);
        return this;
    }

    /// <summary>The list as it is handed out: from then on nothing grows it.</summary>
    public CelArrayList Freeze() => new(_items);
}
