namespace Xebec.Cel.Values;

/// <summary>A list an expression made.</summary>
internal sealed class CelArrayList(IReadOnlyList<CelValue> items) : CelList
{
    public static readonly CelArrayList Empty = new([]);

    public override int Count => items.Count;

    public override CelValue this[int index] => items[index];
}
