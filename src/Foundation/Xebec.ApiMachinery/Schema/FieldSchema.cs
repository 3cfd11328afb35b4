using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Schema;

/// <summary>One field of a struct: everything the engine knows of it, stated once in a schema file.</summary>
public sealed class FieldSchema
{
    // Its place among the struct's fields; a field object belongs to one struct.
    internal int Position { get; set; }

    /// <summary>The JSON name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required TypeSchema Type { get; init; }

    /// <summary>The protobuf field numbers from the struct down to the field: one, or two when it is inlined from an embedded message; empty when it has no wire form.</summary>
    public required IReadOnlyList<int> WireNumbers { get; init; }

    /// <summary>The embedded struct it is inlined from, null when it is the struct's own.</summary>
    public StructSchema? InlinedFrom { get; init; }

    /// <summary>Absent differs from zero (a pointer upstream).</summary>
    public bool Nullable { get; init; }

    /// <summary>An empty value is left out when written.</summary>
    public bool OmitEmpty { get; init; }

    /// <summary>A zero value is left out when written, also of types that omitempty does not know as empty (times).</summary>
    public bool OmitZero { get; init; }

    /// <summary>The wire form of the list is a message whose field 1 repeats (a named list type upstream).</summary>
    public bool Wrapped { get; init; }

    /// <summary>Must be given by clients.</summary>
    public bool Required { get; init; }

    /// <summary>Marked as optional; neither this nor <see cref="Required"/> means the rule is in the kind's validation.</summary>
    public bool Optional { get; init; }

    /// <summary>Value when absent, null when there is none.</summary>
    public Value? Default { get; init; }

    /// <summary>For lists: how server-side apply owns it.</summary>
    public ListType ListType { get; init; }

    /// <summary>For <see cref="Schema.ListType.Map"/>: the keys of an item.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>For maps and structs: server-side apply owns it as a whole.</summary>
    public bool Atomic { get; init; }

    /// <summary>Strategic merge merges the list by <see cref="PatchMergeKey"/> (or as a set of scalars) instead of replacing it.</summary>
    public bool PatchMerge { get; init; }

    /// <summary>Strategic merge honours the patch's $retainKeys for it.</summary>
    public bool PatchRetainKeys { get; init; }

    /// <summary>The key that strategic merge matches items by, null for scalar items.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>The feature gates that guard it.</summary>
    public IReadOnlyList<string> FeatureGates { get; init; } = [];
}
