using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>What OpenAPI v3 validates of a value besides its type and structure.</summary>
public sealed class ValueRules
{
    /// <summary>A format such as date-time; empty when there is none that is checked.</summary>
    public string Format { get; init; } = "";

    /// <summary>The largest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>The largest number itself is too large.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>The smallest number.</summary>
    public double? Minimum { get; init; }

    /// <summary>The smallest number itself is too small.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>What a number must be a multiple of.</summary>
    public double? MultipleOf { get; init; }

    /// <summary>The longest text, in characters (code points).</summary>
    public long? MaxLength { get; init; }

    /// <summary>The shortest text, in characters (code points).</summary>
    public long? MinLength { get; init; }

    /// <summary>What a text must match, null when there is nothing.</summary>
    public TextPattern? Pattern { get; init; }

    /// <summary>The most items of a list.</summary>
    public long? MaxItems { get; init; }

    /// <summary>The fewest items of a list.</summary>
    public long? MinItems { get; init; }

    /// <summary>No item may stand twice.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>The most members of an object.</summary>
    public long? MaxProperties { get; init; }

    /// <summary>The fewest members of an object.</summary>
    public long? MinProperties { get; init; }

    /// <summary>Members that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The only values allowed; empty allows all.</summary>
    public IReadOnlyList<Value> Enum { get; init; } = [];

    /// <summary>Schemas of which each must hold.</summary>
    public IReadOnlyList<StructuralSchema> AllOf { get; init; } = [];

    /// <summary>Schemas of which one must hold.</summary>
    public IReadOnlyList<StructuralSchema> AnyOf { get; init; } = [];

    /// <summary>Schemas of which exactly one must hold.</summary>
    public IReadOnlyList<StructuralSchema> OneOf { get; init; } = [];

    /// <summary>A schema that must not hold.</summary>
    public StructuralSchema? Not { get; init; }
}
