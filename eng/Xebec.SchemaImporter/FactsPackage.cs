using System.Text.Json;

namespace Xebec.SchemaImporter;

/// <summary>One Go package of the facts file, by the short name that schema files use (core/v1).</summary>
internal sealed record FactsPackage(string Path, string ShortName, JsonElement Json)
{
    public JsonElement Types => Json.GetProperty("types");

    public string? Alias(string name) =>
        Json.GetProperty("aliases").TryGetProperty(name, out var target) ? target.GetString() : null;

    public IEnumerable<(string Name, IReadOnlyList<string> Constants)> Enums()
    {
        var constants = Json.GetProperty("constants");
        foreach (var alias in Json.GetProperty("aliases").EnumerateObject().Where(a => a.Value.GetString() == "string"))
        {
            var values = constants.TryGetProperty(alias.Name, out var list)
                ? list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!).ToList()
                : [];
            yield return (alias.Name, values);
        }
    }
}
