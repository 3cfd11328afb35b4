using Xebec.ApiMachinery.Schema;

namespace Xebec.Cel;

/// <summary>The types of the built-in kinds, from their schema.</summary>
public static class CelSchemaTypes
{
    /// <summary>A schema type as expressions see it: quantities are strings, int-or-string and embedded objects are dyn, times are timestamps.</summary>
    public static CelType FromSchema(TypeSchema schema) => schema switch
    {
        StructSchema type => new CelObjectType(type.FullName, () => Fields(type)),
        ListSchema list => CelType.List(FromSchema(list.Item)),
        MapSchema map => CelType.Map(CelType.String, FromSchema(map.Value)),
        ScalarSchema scalar => FromScalar(scalar.Kind),
        _ => CelType.Dyn,
    };

    private static CelField[] Fields(StructSchema type) =>
        [.. type.Fields.Select(f => new CelField(f.Name, FieldType(f)) { Required = f.Required || f.Default is not null })];

    private static CelType FieldType(FieldSchema field) => field.Type is ListSchema list
        ? CelType.List(FromSchema(list.Item), field.ListType, field.ListMapKeys)
        : FromSchema(field.Type);

    private static CelType FromScalar(ScalarKind kind) => kind switch
    {
        ScalarKind.String or ScalarKind.Quantity => CelType.String,
        ScalarKind.Int32 or ScalarKind.Int64 => CelType.Int,
        ScalarKind.Bool => CelType.Bool,
        ScalarKind.Double => CelType.Double,
        ScalarKind.Bytes => CelType.Bytes,
        ScalarKind.Time or ScalarKind.MicroTime => CelType.Timestamp,
        ScalarKind.Duration => CelType.Duration,
        _ => CelType.Dyn,
    };
}
