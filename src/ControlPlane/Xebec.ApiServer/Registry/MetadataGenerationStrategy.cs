using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>Kinds of which a part of the metadata counts for the generation too: it is meant for their controllers.</summary>
/// <param name="field">labels or annotations.</param>
internal sealed class MetadataGenerationStrategy(string field) : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool IsNewGeneration(ObjectValue updated, ObjectValue stored, bool hasStatus) =>
        base.IsNewGeneration(updated, stored, hasStatus) || !Same(Part(updated), Part(stored));

    private ObjectValue Part(ObjectValue item) => item.GetObject("metadata")?.GetObject(field) ?? [];

    private static bool Same(ObjectValue left, ObjectValue right) => left.DeepEquals(right);
}
