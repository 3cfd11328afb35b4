using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>The messages of gnostic's openapi.v3, as far as the API's documents use them.</summary>
internal static class GnosticV3
{
    private static readonly GnosticMessage InfoMessage = new(
        7, new("title", 1, GnosticTypes.Text), new("description", 2, GnosticTypes.Text), new("version", 6, GnosticTypes.Text));

    private static readonly GnosticMessage ReferenceMessage = new(
        0, new("$ref", 1, GnosticTypes.Text), new("summary", 2, GnosticTypes.Text), new("description", 3, GnosticTypes.Text));

    private static readonly GnosticMessage SecuritySchemeMessage = new(
        9,
        new("type", 1, GnosticTypes.Text), new("description", 2, GnosticTypes.Text), new("name", 3, GnosticTypes.Text),
        new("in", 4, GnosticTypes.Text));

    private static readonly GnosticMessage SchemaMessage = new(
        36,
        new("nullable", 1, GnosticTypes.Boolean),
        new("readOnly", 3, GnosticTypes.Boolean),
        new("example", 7, GnosticTypes.Any),
        new("deprecated", 8, GnosticTypes.Boolean),
        new("title", 9, GnosticTypes.Text),
        new("multipleOf", 10, GnosticTypes.Real),
        new("maximum", 11, GnosticTypes.Real),
        new("exclusiveMaximum", 12, GnosticTypes.Boolean),
        new("minimum", 13, GnosticTypes.Real),
        new("exclusiveMinimum", 14, GnosticTypes.Boolean),
        new("maxLength", 15, GnosticTypes.Integer),
        new("minLength", 16, GnosticTypes.Integer),
        new("pattern", 17, GnosticTypes.Text),
        new("maxItems", 18, GnosticTypes.Integer),
        new("minItems", 19, GnosticTypes.Integer),
        new("uniqueItems", 20, GnosticTypes.Boolean),
        new("maxProperties", 21, GnosticTypes.Integer),
        new("minProperties", 22, GnosticTypes.Integer),
        new("required", 23, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("enum", 24, GnosticTypes.Repeated(GnosticTypes.Any)),
        new("type", 25, GnosticTypes.Text),
        new("allOf", 26, GnosticTypes.Repeated(SchemaOrReference)),
        new("oneOf", 27, GnosticTypes.Repeated(SchemaOrReference)),
        new("anyOf", 28, GnosticTypes.Repeated(SchemaOrReference)),
        new("not", 29, WriteSchema),
        new("items", 30, GnosticTypes.Wrapped(1, GnosticTypes.Repeated(SchemaOrReference))),
        new("properties", 31, GnosticTypes.Wrapped(1, GnosticTypes.Named(SchemaOrReference))),
        new("additionalProperties", 32, GnosticTypes.AdditionalProperties(SchemaOrReference)),
        new("default", 33, Default),
        new("description", 34, GnosticTypes.Text),
        new("format", 35, GnosticTypes.Text));

    private static readonly GnosticWrite SchemaWrite = GnosticTypes.OrReference(SchemaMessage.Write, ReferenceMessage.Write);

    private static readonly GnosticWrite Content = GnosticTypes.Wrapped(
        1, GnosticTypes.Named(new GnosticMessage(5, new GnosticField("schema", 1, SchemaOrReference)).Write));

    private static readonly GnosticMessage ParameterMessage = new(
        14,
        new("name", 1, GnosticTypes.Text), new("in", 2, GnosticTypes.Text), new("description", 3, GnosticTypes.Text),
        new("required", 4, GnosticTypes.Boolean), new("schema", 10, SchemaOrReference));

    private static readonly GnosticWrite Parameter = GnosticTypes.OrReference(ParameterMessage.Write, ReferenceMessage.Write);

    private static readonly GnosticMessage RequestBodyMessage = new(
        4, new("description", 1, GnosticTypes.Text), new("content", 2, Content), new("required", 3, GnosticTypes.Boolean));

    private static readonly GnosticMessage ResponseMessage = new(5, new("description", 1, GnosticTypes.Text), new("content", 3, Content));

    private static readonly GnosticWrite Response = GnosticTypes.OrReference(ResponseMessage.Write, ReferenceMessage.Write);

    private static readonly GnosticMessage OperationMessage = new(
        13,
        new("tags", 1, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("summary", 2, GnosticTypes.Text),
        new("description", 3, GnosticTypes.Text),
        new("operationId", 5, GnosticTypes.Text),
        new("parameters", 6, GnosticTypes.Repeated(Parameter)),
        new("requestBody", 7, GnosticTypes.OrReference(RequestBodyMessage.Write, ReferenceMessage.Write)),
        new("responses", 8, GnosticTypes.Wrapped(2, GnosticTypes.Named(Response))),
        new("deprecated", 10, GnosticTypes.Boolean));

    private static readonly GnosticMessage PathItemMessage = new(
        14,
        new("get", 4, OperationMessage.Write), new("put", 5, OperationMessage.Write), new("post", 6, OperationMessage.Write),
        new("delete", 7, OperationMessage.Write), new("patch", 10, OperationMessage.Write),
        new("parameters", 13, GnosticTypes.Repeated(Parameter)));

    public static void Info(ProtobufBuffer output, int number, Value value) => InfoMessage.Write(output, number, value);

    public static void PathItem(ProtobufBuffer output, int number, Value value) => PathItemMessage.Write(output, number, value);

    public static void SchemaOrReference(ProtobufBuffer output, int number, Value value) => SchemaWrite(output, number, value);

    public static void SecuritySchemes(ProtobufBuffer output, int number, Value value) =>
        GnosticTypes.Wrapped(1, GnosticTypes.Named(GnosticTypes.Wrapped(1, SecuritySchemeMessage.Write)))(output, number, value);

    private static void WriteSchema(ProtobufBuffer output, int number, Value value) => SchemaMessage.Write(output, number, value);

    // DefaultType knows scalars only.
    private static void Default(ProtobufBuffer output, int number, Value value)
    {
        switch (value)
        {
            case NumberValue:
                GnosticTypes.Wrapped(1, GnosticTypes.Real)(output, number, value);
                break;
            case BoolValue:
                GnosticTypes.Wrapped(2, GnosticTypes.Choice)(output, number, value);
                break;
            case StringValue:
                GnosticTypes.Wrapped(3, GnosticTypes.Text)(output, number, value);
                break;
        }
    }
}
