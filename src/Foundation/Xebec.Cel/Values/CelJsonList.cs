using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>
/// A JSON array. One of list type set or map compares without order, and + merges by item or key
/// (API convention "x-kubernetes-list-type in CEL").
/// </summary>
internal sealed class CelJsonList(ListValue json, CelType type) : CelList
{
    private readonly CelType _item = type.Kind == CelTypeKind.List ? type.Parameters[0] : CelType.Dyn;

    public override CelType Type { get; } = type.Kind == CelTypeKind.List ? type : CelType.List(CelType.Dyn);

    public override int Count => json.Count;

    public override CelValue this[int index] => JsonReading.Read(json[index], _item);

    public override Value ToJson() => json;

    public override CelValue Concat(CelList other) => Type.ListType switch
    {
        ListType.Set => MergeSet(other),
        ListType.Map => MergeMap(other),
        _ => base.Concat(other),
    };

    internal override bool EqualTo(CelValue other)
    {
        if (Type.ListType == ListType.Atomic)
            return base.EqualTo(other);
        if (other is not CelList list || list.Count != Count)
            return false;
        return Type.ListType == ListType.Set ? EqualsSet(list) : EqualsMap(list);
    }

    private bool EqualsSet(CelList other)
    {
        var items = new HashSet<CelValue>(CelValueComparer.Instance);
        for (var i = 0; i < Count; i++)
            items.Add(this[i]);
        for (var i = 0; i < other.Count; i++)
        {
            if (!items.Contains(other[i]))
                return false;
        }

        return true;
    }

    private bool EqualsMap(CelList other)
    {
        var byKey = new Dictionary<string, CelValue>(Count, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            byKey[KeyOf(this[i])] = this[i];
        for (var i = 0; i < other.Count; i++)
        {
            if (!byKey.TryGetValue(KeyOf(other[i]), out var mine) || !mine.EqualTo(other[i]))
                return false;
        }

        return true;
    }

    private CelArrayList MergeSet(CelList other)
    {
        var seen = new HashSet<CelValue>(CelValueComparer.Instance);
        var merged = new List<CelValue>(Count + other.Count);
        for (var i = 0; i < Count + other.Count; i++)
        {
            var item = i < Count ? this[i] : other[i - Count];
            if (seen.Add(item))
                merged.Add(item);
        }

        return new CelArrayList(merged);
    }

    // The items of the right side replace those of the left in their places; new ones come behind.
    private CelArrayList MergeMap(CelList other)
    {
        var merged = new List<CelValue>(Count + other.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Count + other.Count; i++)
        {
            var item = i < Count ? this[i] : other[i - Count];
            if (places.TryGetValue(KeyOf(item), out var place))
            {
                merged[place] = item;
                continue;
            }

            places.Add(KeyOf(item), merged.Count);
            merged.Add(item);
        }

        return new CelArrayList(merged);
    }

    private string KeyOf(CelValue item)
    {
        var json = JsonReading.Write(item) as ObjectValue;
        return string.Join('\u0000', Type.ListMapKeys.Select(key => json?[key]?.ToString() ?? ""));
    }
}
