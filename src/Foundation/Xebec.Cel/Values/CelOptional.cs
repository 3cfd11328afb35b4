using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A value that may be absent.</summary>
internal sealed class CelOptional : CelValue
{
    public static readonly CelOptional None = new(null);

    private static readonly CelType OptionalOfAny = CelType.Optional(CelType.Dyn);

    private CelOptional(CelValue? value) => Value = value;

    public CelValue? Value { get; }

    public override CelType Type => OptionalOfAny;

    internal override bool IsZero => Value is null;

    public static CelOptional Of(CelValue value) => new(value);

    public static CelValue OfFound(CelValue? found) => found is null ? None : found.IsError ? found : new CelOptional(found);

    public override Value ToJson() => Value?.ToJson() ?? ApiMachinery.Values.Value.Null;

    internal override bool EqualTo(CelValue other) => other is CelOptional optional
        && (Value is null ? optional.Value is null : optional.Value is not null && Value.EqualTo(optional.Value));
}
