namespace Xebec.Cel.Values;

/// <summary>The language's equality for dictionaries: 1, 1u and 1.0 are one key.</summary>
internal sealed class CelValueComparer : IEqualityComparer<CelValue>
{
    public static readonly CelValueComparer Instance = new();

    public bool Equals(CelValue? x, CelValue? y) => x is null ? y is null : y is not null && x.EqualTo(y);

    public int GetHashCode(CelValue obj) => obj.Hash();
}
