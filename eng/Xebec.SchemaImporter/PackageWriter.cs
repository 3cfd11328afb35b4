using System.Text;
using System.Text.Json;

namespace Xebec.SchemaImporter;

/// <summary>Writes one package as a schema file.</summary>
internal sealed class PackageWriter(FactsFile facts, FactsPackage package)
{
    private readonly StringBuilder _text = new();
    private readonly TypeNames _types = new(facts, package);

    public string Write()
    {
        _text.Append("# Written by eng/update-schema from the API facts of Kubernetes v1.36. Do not edit: see docs/schema.md.\n");
        _text.Append("package ").Append(package.ShortName).Append("\n\n");
        foreach (var (name, constants) in package.Enums().OrderBy(e => e.Name, StringComparer.Ordinal))
            _text.Append($"enum {name} {string.Join(' ', constants.Select(Uri.EscapeDataString))}".TrimEnd()).Append('\n');
        foreach (var type in package.Types.EnumerateObject().OrderBy(t => t.Name, StringComparer.Ordinal))
            WriteType(type.Name, type.Value);
        return _text.ToString();
    }

    private void WriteType(string name, JsonElement type)
    {
        if (TypeNames.IsScalarType(name) || type.ValueKind == JsonValueKind.Null)
            return;
        _text.Append($"\ntype {name}");
        foreach (var marker in Strings(type, "markers"))
        {
            if (marker == "+structType=atomic")
                _text.Append(" atomic");
            else if (marker == "+union")
                _text.Append(" union");
        }

        _text.Append('\n');
        foreach (var field in type.GetProperty("fields").EnumerateArray())
            WriteField(field);
    }

    private void WriteField(JsonElement field)
    {
        var number = field.TryGetProperty("pb", out var pb) ? pb.GetProperty("number").GetInt32() : 0;
        var type = _types.Convert(field.GetProperty("type").GetString()!);
        if (Is(field, "inline"))
            _text.Append($"  inline {type} {(number == 0 ? "" : number)}".TrimEnd());
        else if (field.TryGetProperty("json", out var json) && json.GetString() != "-")
            _text.Append($"  {(number == 0 ? "-" : number)} {json.GetString()} {type}{Attributes(field)}");
        else
            return;
        _text.Append('\n');
    }

    private string Attributes(JsonElement field)
    {
        var text = new StringBuilder();
        foreach (var flag in new[] { "omitempty", "omitzero", "required", "optional" }.Where(flag => Is(field, flag) || IsOmitZero(field, flag)))
            text.Append(' ').Append(flag);
        if (Text(field, "type") == "Verbs")
            text.Append(" wrapped");
        if (Text(field, "default") is { } given)
            text.Append(" default=").Append(Uri.EscapeDataString(DefaultValue(field, given)));
        if (Text(field, "listType") is { } listType)
            text.Append($" list={listType}{(listType == "map" ? ":" + string.Join(',', Strings(field, "listMapKeys")) : "")}");
        if (Text(field, "mapType") == "atomic" || Text(field, "structType") == "atomic")
            text.Append(" atomic");
        foreach (var strategy in Text(field, "patchStrategy")?.Split(',') ?? [])
            text.Append(strategy == "merge" ? Merge(field) : strategy == "retainKeys" ? " retainkeys" : "");
        var gates = string.Join(',', Strings(field, "featureGate"));
        return text.Append(gates.Length > 0 ? $" gate={gates}" : "").ToString();
    }

    // A default may name a Go constant, ref(AzureDataDiskCachingReadWrite): the longest value of the type that the name contains.
    private string DefaultValue(JsonElement field, string given)
    {
        if (!given.StartsWith("ref(", StringComparison.Ordinal))
            return given;
        var type = field.GetProperty("type").GetString()!.TrimStart('*');
        var constants = package.Enums().First(e => e.Name == type).Constants;
        return JsonSerializer.Serialize(constants.Where(given.Contains).MaxBy(c => c.Length));
    }

    // The facts lack Go's omitzero; in v1.36 one field of the GA groups has it.
    private static bool IsOmitZero(JsonElement field, string flag) => flag == "omitzero" && Text(field, "json") == "creationTimestamp";

    private static string Merge(JsonElement field) => Text(field, "patchMergeKey") is { } key ? $" merge={key}" : " merge";

    private static bool Is(JsonElement element, string name) =>
        element.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.ToString() : null;

    private static IEnumerable<string> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(e => e.GetString()!) : [];
}
