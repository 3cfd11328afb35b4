using Xebec.Cel.Costs;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>TypeName{field: value, ?field: value}.</summary>
internal sealed class ObjectNode(CelType type, (string Name, Node Value, bool IsOptional)[] fields) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var values = new Dictionary<string, CelValue>(fields.Length, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var value = field.Value.Evaluate(frame);
            if (value.IsError)
                return value;
            if (!field.IsOptional)
                values[field.Name] = value;
            else if (value is not CelOptional wrapped)
                return CelError.NoSuchOverload;
            else if (wrapped.Value is not null)
                values[field.Name] = wrapped.Value;
        }

        frame.Charge(RuntimeCosts.ObjectBase);
        return new CelBuiltObject(type, values);
    }
}
