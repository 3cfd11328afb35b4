using Xebec.Api.Rules.Declarations;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Defaults;

/// <summary>The default of one field, possibly only when another field of the struct has a certain value.</summary>
internal sealed class FieldDefault
{
    private readonly string _name;
    private readonly Value _value;
    private readonly bool _replacesZero;
    private readonly string? _whenField;
    private readonly string? _whenValue;

    public FieldDefault(FieldSchema field, Value value, string? condition)
    {
        _name = field.Name;
        _value = value;
        _replacesZero = !field.Nullable;
        if (condition?.Split(':', 2) is [var name, var text])
            (_whenField, _whenValue) = (name, text);
    }

    /// <summary>A default that is the type's zero value needs no work: the zero value is what an absent field means.</summary>
    public static bool IsNeeded(FieldSchema field, Value value) => field.Nullable || !value.IsZero();

    public static FieldDefault From(RuleLine line, FieldSchema field) =>
        new(field, Value.Parse(line.Argument("default")!), line.Argument("when"));

    public void Apply(ObjectValue item)
    {
        var present = item[_name];
        if (present is not (null or NullValue) && !(_replacesZero && present.IsZero()))
            return;
        if (_whenField is null || item.GetString(_whenField) == _whenValue)
            item[_name] = _value.DeepClone();
    }
}
