namespace Xebec.Cel.Values;

/// <summary>An error on its way out of an expression; <c>&amp;&amp;</c>, <c>||</c> and comprehensions may absorb it.</summary>
internal sealed class CelError(string message) : CelValue
{
    public static readonly CelError NoSuchOverload = new("no such overload");

    public static readonly CelError DivisionByZero = new("division by zero");

    public static readonly CelError ModulusByZero = new("modulus by zero");

    public static readonly CelError Overflow = new("return error for overflow");

    public static readonly CelError DurationOverflow = new("duration overflow");

    public static readonly CelError TimestampOverflow = new("timestamp overflow");

    public string Message { get; } = message;

    public override CelType Type => CelType.Error;

    public static CelError NoSuchKey(string key) => new($"no such key: {key}");

    public static CelError NoSuchFunction(string function, params ReadOnlySpan<CelValue> arguments)
    {
        var types = new List<string>(arguments.Length);
        foreach (var argument in arguments)
            types.Add(argument.Type.Name);
        return new($"no such overload: {function}({string.Join(", ", types)})");
    }

    internal override bool EqualTo(CelValue other) => ReferenceEquals(this, other);
}
