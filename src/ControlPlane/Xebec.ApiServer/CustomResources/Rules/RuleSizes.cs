using Xebec.ApiMachinery.Structural;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>How large values of a schema can be, at most, given that a request is no larger than 3 MiB (upstream's estimates).</summary>
internal static class RuleSizes
{
    /// <summary>The longest text in a request, in bytes.</summary>
    public const long Longest = MaximumRequestBytes - 2;

    /// <summary>The longest name of an object.</summary>
    public const long MaximumNameBytes = 253;

    /// <summary>The longest duration or time, in bytes of JSON.</summary>
    public const long Duration = 32;

    private const long MaximumRequestBytes = 3 * 1024 * 1024;

    /// <summary>The most items of a list.</summary>
    public static long OfList(StructuralSchema schema) =>
        schema.Rules?.MaxItems ?? (MaximumRequestBytes - 2) / (schema.Items is { } items ? SmallestBytes(items) + 1 : 1);

    /// <summary>The most members of a map.</summary>
    public static long OfMap(StructuralSchema schema) =>
        schema.Rules?.MaxProperties ?? (MaximumRequestBytes - 2) / ((schema.AdditionalProperties is { } values ? SmallestBytes(values) : 0) + 6);

    /// <summary>The longest text, in bytes.</summary>
    public static long OfText(StructuralSchema schema)
    {
        if (schema.Rules is not { } rules)
            return Longest;
        if (rules.Enum.Count > 0)
            return rules.Enum.Max(v => (long)(v.AsString()?.Length ?? 0));
        return rules.MaxLength is { } characters ? Math.Max(characters, 0) * 4 : Longest;
    }

    /// <summary>How often a value of a schema can stand below something that has no limit.</summary>
    public static long MostOften(StructuralSchema schema) => MaximumRequestBytes / (SmallestBytes(schema) + 1);

    private static long SmallestBytes(StructuralSchema schema) => schema.Type switch
    {
        "integer" or "number" => 1,
        "boolean" => 4,
        "object" when schema.Properties.Count > 0 => 2 + Required(schema),
        _ => 2,
    };

    private static long Required(StructuralSchema schema)
    {
        var bytes = 0L;
        foreach (var name in schema.Rules?.Required ?? [])
        {
            if (schema.Properties.TryGetValue(name, out var property) && property.Default is null)
                bytes += name.Length + 4 + SmallestBytes(property);
        }

        return bytes;
    }
}
