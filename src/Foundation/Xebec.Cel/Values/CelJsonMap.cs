using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A JSON object without declared fields.</summary>
internal sealed class CelJsonMap(ObjectValue json, CelType type) : CelMap
{
    private readonly CelType _member = type.Kind == CelTypeKind.Map ? type.Parameters[1] : CelType.Dyn;

    public override CelType Type { get; } = type.Kind == CelTypeKind.Map ? type : CelType.Map(CelType.String, CelType.Dyn);

    public override int Count => json.Count;

    public override IEnumerable<CelValue> Keys
    {
        get
        {
            for (var i = 0; i < json.Count; i++)
                yield return new CelString(json.At(i).Key);
        }
    }

    public override Value ToJson() => json;

    internal override CelValue? Find(CelValue key) => key is CelString text ? FindMember(text.Text) : null;

    internal override CelValue GetField(string name) => FindMember(name) ?? CelError.NoSuchKey(name);

    internal override bool? HasField(string name) => json.ContainsKey(name);

    private CelValue? FindMember(string name) => json[name] is { } member ? JsonReading.Read(member, _member) : null;
}
