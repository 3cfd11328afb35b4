using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A list, whatever holds its items.</summary>
internal abstract class CelList : CelValue
{
    private static readonly CelType ListOfAny = CelType.List(CelType.Dyn);

    public abstract int Count { get; }

    public override CelType Type => ListOfAny;

    internal override long? Size => Count;

    internal override bool IsZero => Count == 0;

    public abstract CelValue this[int index] { get; }

    /// <summary>This list and then another.</summary>
    public virtual CelValue Concat(CelList other)
    {
        if (Count == 0)
            return other;
        if (other.Count == 0)
            return this;
        return (long)Count + other.Count <= CelConcatList.MaximumCount
            ? new CelConcatList(this, other)
            : new CelError("list too long");
    }

    public virtual bool Contains(CelValue item)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].EqualTo(item))
                return true;
        }

        return false;
    }

    public override Value ToJson()
    {
        var list = new ListValue();
        for (var i = 0; i < Count; i++)
            list.Add(JsonReading.Write(this[i]));
        return list;
    }

    internal override bool EqualTo(CelValue other)
    {
        if (other is not CelList list || list.Count != Count)
            return false;
        if (list is CelJsonList { Type.ListType: not ListType.Atomic } unordered && this is not CelJsonList { Type.ListType: not ListType.Atomic })
            return unordered.EqualTo(this);
        for (var i = 0; i < Count; i++)
        {
            if (!this[i].EqualTo(list[i]))
                return false;
        }

        return true;
    }

    internal override CelValue At(CelValue key) => Position(key) switch
    {
        null => new CelError($"unsupported index type '{key.Type.Name}' in list"),
        >= 0 and var index when index < Count => this[(int)index],
        var index => new CelError($"index out of bounds: {index}"),
    };

    internal override CelValue? Find(CelValue key) => Position(key) switch
    {
        null => new CelError($"unsupported index type '{key.Type.Name}' in list"),
        >= 0 and var index when index < Count => this[(int)index],
        _ => null,
    };

    private static long? Position(CelValue key) => key switch
    {
        CelInt number => number.Number,
        CelUint number => number.Number <= long.MaxValue ? (long)number.Number : long.MaxValue,
        CelDouble number when Math.Truncate(number.Number) == number.Number && Math.Abs(number.Number) < 9e18 => (long)number.Number,
        _ => null,
    };
}
