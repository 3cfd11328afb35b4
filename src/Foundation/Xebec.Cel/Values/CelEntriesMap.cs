namespace Xebec.Cel.Values;

/// <summary>A map an expression made; it keeps the order of its entries.</summary>
internal sealed class CelEntriesMap : CelMap
{
    public static readonly CelEntriesMap Empty = new();

    private readonly Dictionary<CelValue, CelValue> _entries;

    private CelEntriesMap() => _entries = new(CelValueComparer.Instance);

    public override int Count => _entries.Count;

    public override IEnumerable<CelValue> Keys => _entries.Keys;

    /// <summary>A map that only its maker adds to, before anybody else sees it.</summary>
    public static CelEntriesMap Start() => new();

    /// <summary>Adds an entry; an error when the key exists or is no key.</summary>
    public CelError? Add(CelValue key, CelValue value)
    {
        if (key is not (CelString or CelInt or CelUint or CelBool or CelDouble))
            return new CelError("unsupported key type: " + key.Type.Name);
        return _entries.TryAdd(key, value) ? null : new CelError($"insert failed: key {KeyText(key)} already exists");
    }

    internal override CelValue? Find(CelValue key) => _entries.GetValueOrDefault(key);
}
