using System.Globalization;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Schema;

/// <summary>One field's line of a schema file: <c>number name type attribute…</c>.</summary>
internal readonly struct FieldLine(SchemaReader reader, string file, int line, string package, string[] words)
{
    public FieldSchema Read()
    {
        if (words.Length < 3)
            throw new SchemaFormatException(file, line, "a field needs a number, a name and a type");
        var nullable = words[2].StartsWith('*');
        var number = words[0] == "-" ? 0 : int.Parse(words[0], CultureInfo.InvariantCulture);
        return new FieldSchema
        {
            Name = words[1],
            Type = reader.FindType(file, line, package, nullable ? words[2][1..] : words[2]),
            WireNumbers = number == 0 ? [] : [number],
            Nullable = nullable,
            OmitEmpty = Has("omitempty"),
            OmitZero = Has("omitzero"),
            Wrapped = Has("wrapped"),
            Required = Has("required"),
            Optional = Has("optional"),
            Default = Argument("default") is { } text ? Value.Parse(Uri.UnescapeDataString(text)) : null,
            ListType = ReadListType(),
            ListMapKeys = Argument("list")?.Split(':') is ["map", var keys] ? keys.Split(',') : [],
            Atomic = Has("atomic"),
            PatchMerge = Argument("merge") is not null || Has("merge"),
            PatchRetainKeys = Has("retainkeys"),
            PatchMergeKey = Argument("merge"),
            FeatureGates = Argument("gate")?.Split(',') ?? [],
        };
    }

    public static FieldSchema InlinedCopy(FieldSchema field, StructSchema embedded, int[] numbers) => new()
    {
        Name = field.Name,
        Type = field.Type,
        WireNumbers = field.WireNumbers.Count == 0 || numbers.Length == 0 ? [] : [.. numbers, .. field.WireNumbers],
        InlinedFrom = embedded,
        Nullable = field.Nullable,
        OmitEmpty = field.OmitEmpty,
        OmitZero = field.OmitZero,
        Wrapped = field.Wrapped,
        Required = field.Required,
        Optional = field.Optional,
        Default = field.Default,
        ListType = field.ListType,
        ListMapKeys = field.ListMapKeys,
        Atomic = field.Atomic,
        PatchMerge = field.PatchMerge,
        PatchRetainKeys = field.PatchRetainKeys,
        PatchMergeKey = field.PatchMergeKey,
        FeatureGates = field.FeatureGates,
    };

    private ListType ReadListType() => Argument("list")?.Split(':')[0] switch
    {
        null or "atomic" => ListType.Atomic,
        "set" => ListType.Set,
        "map" => ListType.Map,
        var other => throw new SchemaFormatException(file, line, $"unknown list type '{other}'"),
    };

    private bool Has(string attribute) => Array.IndexOf(words, attribute, 3) >= 0;

    private string? Argument(string name)
    {
        for (var i = 3; i < words.Length; i++)
        {
            if (words[i].StartsWith(name, StringComparison.Ordinal) && words[i].Length > name.Length && words[i][name.Length] == '=')
                return words[i][(name.Length + 1)..];
        }

        return null;
    }
}
