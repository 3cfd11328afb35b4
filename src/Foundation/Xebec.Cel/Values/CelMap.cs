using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A map, whatever holds its members.</summary>
internal abstract class CelMap : CelValue
{
    private static readonly CelType MapOfAny = CelType.Map(CelType.Dyn, CelType.Dyn);

    public abstract int Count { get; }

    /// <summary>The keys in a fixed order.</summary>
    public abstract IEnumerable<CelValue> Keys { get; }

    public override CelType Type => MapOfAny;

    internal override long? Size => Count;

    internal override bool IsZero => Count == 0;

    public override Value ToJson()
    {
        var json = new ObjectValue();
        foreach (var key in Keys)
            json[KeyText(key)] = JsonReading.Write(At(key));
        return json;
    }

    internal override bool EqualTo(CelValue other)
    {
        if (other is not CelMap map || map.Count != Count)
            return false;
        foreach (var key in Keys)
        {
            if (map.Find(key) is not { } theirs || !At(key).EqualTo(theirs))
                return false;
        }

        return true;
    }

    internal override CelValue At(CelValue key) => Find(key) ?? CelError.NoSuchKey(KeyText(key));

    internal override CelValue GetField(string name) => At(new CelString(name));

    internal override bool? HasField(string name) => Find(new CelString(name)) is not null;

    protected static string KeyText(CelValue key) => key.AsString() ?? JsonReading.Write(key).ToString();
}
