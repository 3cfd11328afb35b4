using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>An object an expression constructed: Object{…}, JSONPatch{…}.</summary>
internal sealed class CelBuiltObject(CelType type, IReadOnlyDictionary<string, CelValue> fields) : CelValue
{
    public override CelType Type => type;

    internal override bool IsZero => fields.Count == 0;

    /// <summary>The fields that were set.</summary>
    public IReadOnlyDictionary<string, CelValue> Fields => fields;

    public override Value ToJson()
    {
        var json = new ObjectValue();
        foreach (var (name, value) in fields)
            json[name] = JsonReading.Write(value);
        return json;
    }

    internal override bool EqualTo(CelValue other) => other is CelBuiltObject theirs && theirs.Type.Name == type.Name
        && theirs.Fields.Count == fields.Count
        && fields.All(f => theirs.Fields.TryGetValue(f.Key, out var value) && value.EqualTo(f.Value));

    internal override CelValue GetField(string name) => fields.GetValueOrDefault(name) ?? CelError.NoSuchKey(name);

    internal override bool? HasField(string name) => fields.ContainsKey(name);
}
