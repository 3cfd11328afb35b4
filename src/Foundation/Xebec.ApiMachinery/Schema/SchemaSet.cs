namespace Xebec.ApiMachinery.Schema;

/// <summary>Every type of the API, by full name. Immutable once built.</summary>
public sealed class SchemaSet
{
    internal SchemaSet(IReadOnlyDictionary<string, StructSchema> structs, IReadOnlyDictionary<string, ScalarSchema> enums)
    {
        Structs = structs;
        Enums = enums;
    }

    /// <summary>The structs by full name, such as <c>core/v1.Pod</c>.</summary>
    public IReadOnlyDictionary<string, StructSchema> Structs { get; }

    /// <summary>The named string types by full name, such as <c>core/v1.PodPhase</c>.</summary>
    public IReadOnlyDictionary<string, ScalarSchema> Enums { get; }

    /// <summary>The struct of a full name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public StructSchema this[string fullName] =>
        Structs.TryGetValue(fullName, out var found) ? found : throw new KeyNotFoundException($"no type {fullName} in the schema");
}
