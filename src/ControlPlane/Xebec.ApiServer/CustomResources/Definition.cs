using System.Security.Cryptography;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>The facts of one CustomResourceDefinition; its schemas stay in the stored bytes until somebody needs them.</summary>
internal sealed record Definition
{
    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>Changes with the spec.</summary>
    public required string SpecHash { get; init; }

    public required string Group { get; init; }

    public required bool Namespaced { get; init; }

    /// <summary>The names asked for.</summary>
    public required CustomNames Names { get; init; }

    /// <summary>The names that are its own.</summary>
    public required CustomNames AcceptedNames { get; init; }

    /// <summary>The tree of spec.conversion.</summary>
    public required ObjectValue? Conversion { get; init; }

    /// <summary>The names of the versions in their order, the served one marked.</summary>
    public required IReadOnlyList<(string Name, bool Served)> Versions { get; init; }

    /// <summary>The version that is stored.</summary>
    public required string StorageVersion { get; init; }

    /// <summary>Instances may be stored in other versions, too: from before the stored version changed.</summary>
    public required bool IsStoredInOthers { get; init; }

    public required bool IsEstablished { get; init; }

    public required bool IsTerminating { get; init; }

    /// <summary>Instances are to be deleted before it goes.</summary>
    public required bool WaitsForCleanup { get; init; }

    /// <summary>Nothing else holds it.</summary>
    public required bool IsOnlyHeldByCleanup { get; init; }

    /// <summary>The folder of the instances below /registry.</summary>
    public string Folder => $"{Group}/{Names.Plural}";

    /// <summary>The versions that clients can use.</summary>
    public IEnumerable<string> ServedVersions => Versions.Where(v => v.Served).Select(v => v.Name);

    /// <summary>Reads a definition.</summary>
    public static Definition Read(ObjectValue tree)
    {
        var (metadata, spec, status) = (tree.GetObject("metadata")!, tree.GetObject("spec")!, tree.GetObject("status"));
        return new Definition
        {
            Name = metadata.GetString("name")!,
            Uid = metadata.GetString("uid") ?? "",
            SpecHash = Convert.ToHexString(SHA256.HashData(spec.ToUtf8())),
            Group = spec.GetString("group") ?? "",
            Namespaced = spec.GetString("scope") == "Namespaced",
            Names = CustomNames.Read(spec.GetObject("names")),
            AcceptedNames = CustomNames.Read(status?.GetObject("acceptedNames")),
            Conversion = spec.GetObject("conversion"),
            Versions = [.. VersionsOf(tree).Select(v => (v.GetString("name") ?? "", v.Flag("served")))],
            StorageVersion = VersionsOf(tree).FirstOrDefault(v => v.Flag("storage")).Text("name"),
            IsStoredInOthers = status?.CountAt("storedVersions") > 1,
            IsEstablished = tree.HasCondition("Established"),
            IsTerminating = tree.HasCondition("Terminating") || metadata["deletionTimestamp"] is StringValue,
            WaitsForCleanup = metadata["deletionTimestamp"] is StringValue && metadata.Texts("finalizers").Contains(DefinitionStrategy.Finalizer),
            IsOnlyHeldByCleanup = metadata.CountAt("finalizers") == 1,
        };
    }

    /// <summary>The trees of spec.versions.</summary>
    public static IEnumerable<ObjectValue> VersionsOf(ObjectValue tree) => tree.Items("spec", "versions");

    /// <summary>Whether another state of the definition is served in the same way.</summary>
    public bool IsServedLike(Definition other) =>
        Uid == other.Uid && SpecHash == other.SpecHash && AcceptedNames.ToTree().DeepEquals(other.AcceptedNames.ToTree());
}
