using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi;

/// <summary>Which definitions are kinds (x-kubernetes-group-version-kind).</summary>
internal sealed class KindNames
{
    private readonly Dictionary<string, ObjectValue> _kinds = new(StringComparer.Ordinal)
    {
        [DefinitionNames.Status] = Kind(new GroupVersion("", "v1"), "Status"),
        [DefinitionNames.DeleteOptions] = Kind(new GroupVersion("", "v1"), "DeleteOptions"),
    };

    /// <summary>Adds a built-in kind and returns its struct, null when it has none.</summary>
    public StructSchema? Add(GroupVersion groupVersion, string kind)
    {
        if (!BuiltIn.Schema.Structs.TryGetValue($"{BuiltIn.PackageOf(groupVersion)}.{kind}", out var type))
            return null;
        _kinds.TryAdd(DefinitionNames.Of(type), Kind(groupVersion, kind));
        return type;
    }

    /// <summary>Marks the definition of a kind as one.</summary>
    public ObjectValue Mark(string name, ObjectValue definition)
    {
        if (_kinds.TryGetValue(name, out var kind))
            definition["x-kubernetes-group-version-kind"] = new ListValue([kind]);
        return definition;
    }

    /// <summary>A group, version and kind.</summary>
    public static ObjectValue Kind(GroupVersion groupVersion, string kind) =>
        new() { ["group"] = groupVersion.Group, ["kind"] = kind, ["version"] = groupVersion.Version };
}
