namespace Xebec.ApiMachinery.Schema;

/// <summary>The names that schema files give to scalars.</summary>
public static class ScalarNames
{
    private static readonly Dictionary<string, ScalarSchema> ByName = new(StringComparer.Ordinal)
    {
        ["string"] = new(ScalarKind.String),
        ["int32"] = new(ScalarKind.Int32),
        ["int64"] = new(ScalarKind.Int64),
        ["bool"] = new(ScalarKind.Bool),
        ["double"] = new(ScalarKind.Double),
        ["bytes"] = new(ScalarKind.Bytes),
        ["time"] = new(ScalarKind.Time),
        ["microtime"] = new(ScalarKind.MicroTime),
        ["duration"] = new(ScalarKind.Duration),
        ["quantity"] = new(ScalarKind.Quantity),
        ["intorstring"] = new(ScalarKind.IntOrString),
        ["rawextension"] = new(ScalarKind.RawExtension),
        ["json"] = new(ScalarKind.Json),
        ["fieldsv1"] = new(ScalarKind.FieldsV1),
        ["schemaorarray"] = new(ScalarKind.JsonSchemaOrArray),
        ["schemaorbool"] = new(ScalarKind.JsonSchemaOrBool),
        ["schemaorstringarray"] = new(ScalarKind.JsonSchemaOrStringArray),
    };

    /// <summary>The scalar of a name, null when it is not one.</summary>
    public static ScalarSchema? Find(string name) => ByName.GetValueOrDefault(name);
}
