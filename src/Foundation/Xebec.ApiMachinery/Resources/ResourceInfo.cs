namespace Xebec.ApiMachinery.Resources;

/// <summary>What the API says of one resource: a row of discovery. The same for built-in kinds and for CustomResourceDefinitions.</summary>
public sealed class ResourceInfo
{
    /// <summary>The verbs of an ordinary resource.</summary>
    public static readonly IReadOnlyList<string> UsualVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Group and version.</summary>
    public required GroupVersion GroupVersion { get; init; }

    /// <summary>The kind, for example Pod.</summary>
    public required string Kind { get; init; }

    /// <summary>The plural, for example pods.</summary>
    public required string Plural { get; init; }

    /// <summary>The singular, for example pod.</summary>
    public required string Singular { get; init; }

    /// <summary>Lives in a namespace.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>Short names such as po.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories such as all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Subresources.</summary>
    public IReadOnlyList<SubresourceInfo> Subresources { get; init; } = [];

    /// <summary>The verbs it serves.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = UsualVerbs;

    /// <summary>Selectable fields besides metadata.name and metadata.namespace, as dotted paths.</summary>
    public IReadOnlyList<string> SelectableFields { get; init; } = [];

    /// <summary>The folder below /registry, for example services/specs.</summary>
    public required string StorageFolder { get; init; }

    /// <summary>Plural and group, as errors and RBAC name it: pods, deployments.apps.</summary>
    public string QualifiedPlural => GroupVersion.Group.Length == 0 ? Plural : $"{Plural}.{GroupVersion.Group}";

    /// <summary>Whether it has a subresource.</summary>
    public bool HasSubresource(string name) => Subresources.Any(s => s.Name == name);

    /// <inheritdoc/>
    public override string ToString() => $"{GroupVersion} {Kind}";
}
