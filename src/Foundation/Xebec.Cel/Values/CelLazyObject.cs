namespace Xebec.Cel.Values;

/// <summary>An object whose fields are computed when they are first read, each once.</summary>
internal sealed class CelLazyObject(CelObjectType type, Func<string, CelValue> read) : CelValue
{
    private readonly Dictionary<string, CelValue> _known = new(StringComparer.Ordinal);

    public override CelType Type => type;

    internal override bool EqualTo(CelValue other) => ReferenceEquals(this, other);

    internal override bool? HasField(string name) => type.Field(name) is not null;

    internal override CelValue GetField(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        return _known[name] = type.Field(name) is { } field ? read(field.Name) : CelError.NoSuchKey(name);
    }

    internal override CelValue? Find(CelValue key) => key is CelString name && type.Field(name.Text) is not null ? GetField(name.Text) : null;
}
