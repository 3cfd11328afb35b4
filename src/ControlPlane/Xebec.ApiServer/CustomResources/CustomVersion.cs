using System.Security.Cryptography;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>
/// One version that a CustomResourceDefinition declares. Only small facts are kept: the schema is read from the definition's stored
/// bytes when an object of the kind is first touched, and for documents each time.
/// </summary>
internal sealed class CustomVersion
{
    private readonly ResourceCache _definitions;
    private readonly string _key;
    private readonly string _name;

    /// <summary>Takes the facts of a version of a definition.</summary>
    public CustomVersion(ObjectValue version, Definition definition, ResourceCache definitions, string key)
    {
        (_definitions, _key, _name) = (definitions, key, version.GetString("name")!);
        StorageVersion = definition.StorageVersion;
        SchemaHash = SHA256.HashData(version.ToUtf8());
        Scale = version.At("subresources", "scale") is ObjectValue scale ? ScalePaths.Read(scale) : null;
        if (version.Flag("deprecated"))
        {
            DeprecationWarning = version.GetString("deprecationWarning")
                ?? $"{definition.Group}/{_name} {definition.Names.Kind} is deprecated";
        }
    }

    /// <summary>The version that is stored.</summary>
    public string StorageVersion { get; }

    /// <summary>The definition is being deleted: nothing new is made.</summary>
    public bool IsTerminating { get; set; }

    /// <summary>Changes with everything that the version declares.</summary>
    public byte[] SchemaHash { get; }

    /// <summary>Where the scale subresource finds its numbers, null without one.</summary>
    public ScalePaths? Scale { get; }

    /// <summary>What clients of a deprecated version are told, null for others.</summary>
    public string? DeprecationWarning { get; }

    /// <summary>The openAPIV3Schema, read anew.</summary>
    public ObjectValue? ReadOpenApiSchema() => _definitions.Snapshot.Objects.GetValueOrDefault(_key) is { } stored
        ? Definition.VersionsOf(stored.ToTree()).FirstOrDefault(v => v.GetString("name") == _name)?.At("schema", "openAPIV3Schema") as ObjectValue
        : null;

    /// <summary>The schema as the engine works with it, read anew; without one everything is dropped but metadata.</summary>
    public StructuralSchema ReadSchema() => ReadOpenApiSchema() is { } props ? StructuralReader.Read(props) : new StructuralSchema();
}
