using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>
/// A node of a CustomResourceDefinition's openAPIV3Schema, as the engine works with it: what the value is made of, its default, and the
/// rules for it. Immutable; made by <see cref="StructuralReader"/>.
/// </summary>
public sealed class StructuralSchema
{
    internal static readonly Dictionary<string, StructuralSchema> NoProperties = new(StringComparer.Ordinal);

    /// <summary>object, array, string, integer, number, boolean; empty when any is allowed.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON null is a value of its own.</summary>
    public bool Nullable { get; init; }

    /// <summary>x-kubernetes-preserve-unknown-fields: what is not declared is kept.</summary>
    public bool PreservesUnknownFields { get; init; }

    /// <summary>x-kubernetes-embedded-resource: has apiVersion, kind and metadata.</summary>
    public bool IsEmbeddedResource { get; init; }

    /// <summary>x-kubernetes-int-or-string.</summary>
    public bool IsIntOrString { get; init; }

    /// <summary>Value when absent, null when there is none.</summary>
    public Value? Default { get; init; }

    /// <summary>The declared members of an object.</summary>
    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; init; } = NoProperties;

    /// <summary>The schema of all other members, null when there is none.</summary>
    public StructuralSchema? AdditionalProperties { get; init; }

    /// <summary>additionalProperties: true, which allows members of any form (and prunes what is in them).</summary>
    public bool AllowsAdditional { get; init; }

    /// <summary>The schema of a list's items, null when there is none.</summary>
    public StructuralSchema? Items { get; init; }

    /// <summary>x-kubernetes-list-type; null when it is not given.</summary>
    public ListType? ListType { get; init; }

    /// <summary>x-kubernetes-list-map-keys.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>x-kubernetes-map-type: atomic.</summary>
    public bool IsAtomicMap { get; init; }

    /// <summary>What OpenAPI validates, null when there is nothing besides the type.</summary>
    public ValueRules? Rules { get; init; }

    /// <summary>x-kubernetes-validations.</summary>
    public IReadOnlyList<ValidationRule> Validations { get; init; } = [];

    /// <summary>Whether defaults are declared here or below.</summary>
    public bool HasDefaults { get; internal set; }

    /// <summary>Whether x-kubernetes-validations are declared here or below.</summary>
    public bool HasValidations { get; internal set; }

    /// <summary>Whether list types that forbid duplicates are declared here or below.</summary>
    public bool HasUniqueLists { get; internal set; }

    /// <summary>Whether embedded resources are declared here or below.</summary>
    public bool HasEmbeddedResources { get; internal set; }

    /// <summary>The schema of a member: a declared one, or the one for all others; null when there is none.</summary>
    public StructuralSchema? Member(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;
}
