using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Formats in a definition's schemas that nothing checks: misspelled ones, and ones of values that are neither text nor numbers. Pure.</summary>
internal static class FormatWarnings
{
    /// <summary>The warnings for the formats that are new in a definition.</summary>
    public static IEnumerable<string> Of(ObjectValue definition, ObjectValue? stored)
    {
        var (found, known) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        Collect(definition, found);
        if (stored is not null && found.Count > 0)
            Collect(stored, known);
        found.ExceptWith(known);
        return found.Select(format => $"unrecognized format {GoText.Quote(format)}");
    }

    private static void Collect(ObjectValue definition, SortedSet<string> formats)
    {
        foreach (var version in Definition.VersionsOf(definition))
        {
            if (version.At("schema", "openAPIV3Schema") is ObjectValue schema)
                CollectSchema(schema, formats);
        }
    }

    private static void CollectSchema(ObjectValue schema, SortedSet<string> formats)
    {
        if (schema.GetString("format") is { Length: > 0 } format && schema.GetString("type") is { Length: > 0 } type && !IsRecognized(type, format))
            formats.Add(format);
        foreach (var (_, property) in schema.GetObject("properties") ?? [])
        {
            if (property is ObjectValue below)
                CollectSchema(below, formats);
        }

        foreach (var name in (ReadOnlySpan<string>)["items", "additionalProperties"])
        {
            if (schema[name] is ObjectValue below)
                CollectSchema(below, formats);
        }
    }

    private static bool IsRecognized(string type, string format) =>
        type is "integer" or "number" || (type == "string" && TextFormats.IsChecked(format));
}
