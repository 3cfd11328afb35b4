using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiGenerator;

/// <summary>The C# of scalars.</summary>
internal static class ScalarCode
{
    public static bool IsTree(ScalarKind kind) => kind is ScalarKind.RawExtension or ScalarKind.Json or ScalarKind.FieldsV1
        or ScalarKind.JsonSchemaOrArray or ScalarKind.JsonSchemaOrBool or ScalarKind.JsonSchemaOrStringArray;

    public static bool IsReference(ScalarKind kind) => kind == ScalarKind.Bytes || IsTree(kind);

    public static bool IsTime(ScalarKind kind) => kind is ScalarKind.Time or ScalarKind.MicroTime;

    public static string TypeOf(ScalarKind kind) => kind switch
    {
        ScalarKind.String or ScalarKind.Duration => "string",
        ScalarKind.Int32 => "int",
        ScalarKind.Int64 => "long",
        ScalarKind.Bool => "bool",
        ScalarKind.Double => "double",
        ScalarKind.Bytes => "byte[]",
        ScalarKind.Time or ScalarKind.MicroTime => "DateTimeOffset",
        ScalarKind.Quantity => "Quantity",
        ScalarKind.IntOrString => "IntOrString",
        _ => "Value",
    };

    public static string Read(ScalarKind kind) => kind switch
    {
        ScalarKind.String or ScalarKind.Duration => "reader.GetString()!",
        ScalarKind.Int32 => "reader.GetInt32()",
        ScalarKind.Int64 => "reader.GetInt64()",
        ScalarKind.Bool => "reader.GetBoolean()",
        ScalarKind.Double => "reader.GetDouble()",
        ScalarKind.Bytes => "reader.GetBytesFromBase64()",
        ScalarKind.Time or ScalarKind.MicroTime => "ApiJson.ReadTime(ref reader)",
        ScalarKind.Quantity => "ApiJson.ReadQuantity(ref reader)",
        ScalarKind.IntOrString => "ApiJson.ReadIntOrString(ref reader)",
        _ => "Value.Read(ref reader)",
    };

    public static string Write(ScalarKind kind, string value) => kind switch
    {
        ScalarKind.String or ScalarKind.Duration => $"writer.WriteStringValue({value});",
        ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Double => $"writer.WriteNumberValue({value});",
        ScalarKind.Bool => $"writer.WriteBooleanValue({value});",
        ScalarKind.Bytes => $"writer.WriteBase64StringValue({value});",
        ScalarKind.Time => $"ApiJson.WriteTime(writer, {value});",
        ScalarKind.MicroTime => $"ApiJson.WriteMicroTime(writer, {value});",
        ScalarKind.Quantity => $"writer.WriteStringValue({value}.ToString());",
        ScalarKind.IntOrString => $"ApiJson.WriteIntOrString(writer, {value});",
        _ => $"{value}.WriteTo(writer);",
    };

    public static string? NotEmpty(ScalarKind kind, string value) => kind switch
    {
        ScalarKind.String or ScalarKind.Duration => $"{value}.Length > 0",
        ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Double => $"{value} != 0",
        ScalarKind.Bool => value,
        _ => null,
    };
}
