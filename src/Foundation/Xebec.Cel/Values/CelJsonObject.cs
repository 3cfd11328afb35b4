using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>
/// A JSON object with declared fields. Expressions see the declared ones only, a null one as absent; equality is of all there are.
/// </summary>
internal sealed class CelJsonObject(ObjectValue json, CelObjectType type) : CelValue
{
    public override CelType Type => type;

    internal override long? Size => json.Count;

    public override Value ToJson() => json;

    internal override bool EqualTo(CelValue other)
    {
        if (other is not CelJsonObject theirs || theirs.Size != Size)
            return false;
        for (var i = 0; i < json.Count; i++)
        {
            var (name, mine) = json.At(i);
            if (theirs.Member(name) is not { } yours)
                return false;
            var declared = CelNames.Escape(name) is { } escaped ? type.Field(escaped)?.Type : null;
            if (!JsonReading.Read(mine, declared ?? CelType.Dyn).EqualTo(JsonReading.Read(yours, declared ?? CelType.Dyn)))
                return false;
        }

        return true;
    }

    internal override CelValue GetField(string name) => Read(name) ?? CelError.NoSuchKey(name);

    internal override bool? HasField(string name) => type.Field(name) is { } field && Member(field.Name) is not (null or NullValue);

    internal override CelValue At(CelValue key) => key is CelString name ? GetField(name.Text) : CelError.NoSuchOverload;

    internal override CelValue? Find(CelValue key) => key is CelString name ? Read(name.Text) : null;

    private Value? Member(string name) => json[name];

    private CelValue? Read(string name) =>
        type.Field(name) is { } field && Member(field.Name) is { } member and not NullValue ? JsonReading.Read(member, field.Type) : null;
}
