using System.Text;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;

namespace Xebec.Api;

/// <summary>The built-in groups of v1.36: their resources and their schema, read once from the embedded schema files.</summary>
public static class BuiltIn
{
    private static readonly Lazy<SchemaSet> LazySchema = new(ReadSchema);
    private static readonly Lazy<IReadOnlyList<ResourceInfo>> LazyResources = new(() => ResourceTable.Read(ReadFile("resources.kinds")));

    private static readonly Lazy<Dictionary<(string, string, string), ResourceInfo>> ByName = new(
        () => LazyResources.Value.ToDictionary(r => (r.GroupVersion.Group, r.GroupVersion.Version, r.Plural)));

    /// <summary>Every type.</summary>
    public static SchemaSet Schema => LazySchema.Value;

    /// <summary>Every resource, in the order of the table.</summary>
    public static IReadOnlyList<ResourceInfo> Resources => LazyResources.Value;

    /// <summary>The resource of a group, version and plural.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static ResourceInfo Resource(string group, string version, string plural) => ByName.Value[(group, version, plural)];

    /// <summary>The struct of a kind; the schema's package is the group's first word and the version (core for the core group).</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static StructSchema KindSchema(GroupVersion groupVersion, string kind) => Schema[$"{PackageOf(groupVersion)}.{kind}"];

    /// <summary>The schema package of a group and version, for example rbac/v1 for rbac.authorization.k8s.io/v1.</summary>
    public static string PackageOf(GroupVersion groupVersion)
    {
        var group = groupVersion.Group;
        var first = group.Length == 0 ? "core" : group.Contains('.', StringComparison.Ordinal) ? group[..group.IndexOf('.', StringComparison.Ordinal)] : group;
        return $"{first}/{groupVersion.Version}";
    }

    private static SchemaSet ReadSchema()
    {
        var reader = new SchemaReader();
        foreach (var name in typeof(BuiltIn).Assembly.GetManifestResourceNames())
        {
            if (name.EndsWith(".schema", StringComparison.Ordinal))
                reader.Add(name, ReadFile(name));
        }

        return reader.BuildUnread();
    }

    private static string ReadFile(string name)
    {
        using var stream = typeof(BuiltIn).Assembly.GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
