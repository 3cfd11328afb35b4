using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>One YAML document as a tree.</summary>
/// <param name="Value">The tree; null for an empty document.</param>
/// <param name="StrictErrors">Repeated keys, worded as upstream does: <c>line 3: key "a" already set in map</c>.</param>
public sealed record YamlDocument(Value Value, IReadOnlyList<string> StrictErrors)
{
    /// <summary>The message that fieldValidation=Strict adds for repeated keys.</summary>
    public string StrictMessage => "yaml: unmarshal errors:\n  " + string.Join("\n  ", StrictErrors);
}
