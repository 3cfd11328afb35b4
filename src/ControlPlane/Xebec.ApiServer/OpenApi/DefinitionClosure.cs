using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The types that a document refers to, by the names of their definitions: what is added and all it is made of.</summary>
internal sealed class DefinitionClosure
{
    private readonly SortedDictionary<string, TypeSchema> _types = new(StringComparer.Ordinal);

    /// <summary>The structs, and the scalars that have definitions, in order of their names.</summary>
    public IReadOnlyDictionary<string, TypeSchema> Types => _types;

    /// <summary>Adds a type.</summary>
    public void Add(TypeSchema type)
    {
        switch (type)
        {
            case ListSchema list:
                Add(list.Item);
                break;
            case MapSchema map:
                Add(map.Value);
                break;
            case StructSchema named when _types.TryAdd(DefinitionNames.Of(named), named):
                foreach (var field in named.Fields)
                    Add(field.Type);
                break;
            case ScalarSchema scalar when DefinitionNames.Of(scalar.Kind) is { } name:
                _types.TryAdd(name, scalar);
                break;
        }
    }
}
