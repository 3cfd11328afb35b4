using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A JSON object with declared fields; expressions see the declared ones only.</summary>
internal sealed class CelJsonObject(ObjectValue json, CelObjectType type) : CelValue
{
    public override CelType Type => type;

    public override Value ToJson() => json;

    internal override bool EqualTo(CelValue other)
    {
        if (other is not CelJsonObject theirs)
            return false;
        foreach (var field in type.Fields)
        {
            var (mine, yours) = (Read(field), theirs.Find(field.Name));
            if (mine is null != yours is null || (mine is not null && !mine.EqualTo(yours!)))
                return false;
        }

        return true;
    }

    internal override CelValue GetField(string name) =>
        type.Field(name) is { } field ? Read(field) ?? CelError.NoSuchKey(name) : CelError.NoSuchKey(name);

    internal override bool? HasField(string name) => type.Field(name) is { } field && json.ContainsKey(field.Name);

    internal override CelValue At(CelValue key) => key is CelString name ? GetField(name.Text) : CelError.NoSuchOverload;

    internal override CelValue? Find(CelValue key) => key is CelString name && type.Field(name.Text) is { } field ? Read(field) : null;

    private CelValue? Find(string jsonName) => type.Fields.FirstOrDefault(f => f.Name == jsonName) is { } field ? Read(field) : null;

    private CelValue? Read(CelField field) => json[field.Name] is { } member ? JsonReading.Read(member, field.Type) : null;
}
