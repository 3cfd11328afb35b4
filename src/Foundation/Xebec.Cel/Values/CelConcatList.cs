namespace Xebec.Cel.Values;

/// <summary>Two lists seen as one, so that + costs the same however long they are.</summary>
internal sealed class CelConcatList(CelList left, CelList right) : CelList
{
    /// <summary>The most items a list may have.</summary>
    public const int MaximumCount = 100_000_000;

    public override int Count { get; } = left.Count + right.Count;

    public override CelValue this[int index] => index < left.Count ? left[index] : right[index - left.Count];
}
