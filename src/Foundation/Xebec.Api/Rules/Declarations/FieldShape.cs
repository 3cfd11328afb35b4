using Xebec.ApiMachinery.Schema;

namespace Xebec.Api.Rules.Declarations;

/// <summary>How the structs of a field are reached: it is one, a list of them, a map of them, or there are none (null).</summary>
internal readonly record struct FieldShape(StructSchema? Struct, bool IsList, bool IsMap)
{
    public static FieldShape Of(TypeSchema type) => type switch
    {
        StructSchema s => new(s, false, false),
        ListSchema { Item: StructSchema s } => new(s, true, false),
        MapSchema { Value: StructSchema s } => new(s, false, true),
        _ => default,
    };
}
