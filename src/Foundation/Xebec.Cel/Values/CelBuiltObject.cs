using Xebec.ApiMachinery.Values;
using Xebec.Cel.Checking;

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
        {
            CheckPath(name, value);
            json[name] = JsonReading.Write(value);
        }

        return json;
    }

    // An Object.spec stands in the field spec of Object and nowhere else; a patch's value may be any part.
    private void CheckPath(string field, CelValue value)
    {
        if (type.Name == MutationObjectTypes.JsonPatch)
            return;
        var expected = $"{type.Name}.{field}";
        if (value is CelBuiltObject part && part.Type.Name != expected)
        {
            throw new CelEvaluationException(
                $"unexpected type name \"{part.Type.Name}\", expected \"{expected}\", which matches field name path from root Object type");
        }

        if (value is not CelList list)
            return;
        for (var i = 0; i < list.Count; i++)
            CheckPath(field, list[i]);
    }

    internal override bool EqualTo(CelValue other) => other is CelBuiltObject theirs && theirs.Type.Name == type.Name
        && theirs.Fields.Count == fields.Count
        && fields.All(f => theirs.Fields.TryGetValue(f.Key, out var value) && value.EqualTo(f.Value));

    internal override CelValue GetField(string name) => fields.GetValueOrDefault(name) ?? CelError.NoSuchKey(name);

    internal override bool? HasField(string name) => fields.ContainsKey(name);
}
