using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>The messages of gnostic's openapi.v2, as far as the API's documents use them.</summary>
internal static class GnosticV2
{
    private static readonly GnosticMessage InfoMessage = new(
        7, new("title", 1, GnosticTypes.Text), new("version", 2, GnosticTypes.Text), new("description", 3, GnosticTypes.Text));

    private static readonly GnosticMessage ReferenceMessage = new(
        0, new("$ref", 1, GnosticTypes.Text), new("description", 2, GnosticTypes.Text));

    private static readonly GnosticMessage ApiKeyMessage = new(
        5,
        new("type", 1, GnosticTypes.Text), new("name", 2, GnosticTypes.Text), new("in", 3, GnosticTypes.Text),
        new("description", 4, GnosticTypes.Text));

    private static readonly GnosticMessage SchemaMessage = new(
        31,
        new("$ref", 1, GnosticTypes.Text),
        new("format", 2, GnosticTypes.Text),
        new("title", 3, GnosticTypes.Text),
        new("description", 4, GnosticTypes.Text),
        new("default", 5, GnosticTypes.Any),
        new("multipleOf", 6, GnosticTypes.Real),
        new("maximum", 7, GnosticTypes.Real),
        new("exclusiveMaximum", 8, GnosticTypes.Boolean),
        new("minimum", 9, GnosticTypes.Real),
        new("exclusiveMinimum", 10, GnosticTypes.Boolean),
        new("maxLength", 11, GnosticTypes.Integer),
        new("minLength", 12, GnosticTypes.Integer),
        new("pattern", 13, GnosticTypes.Text),
        new("maxItems", 14, GnosticTypes.Integer),
        new("minItems", 15, GnosticTypes.Integer),
        new("uniqueItems", 16, GnosticTypes.Boolean),
        new("maxProperties", 17, GnosticTypes.Integer),
        new("minProperties", 18, GnosticTypes.Integer),
        new("required", 19, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("enum", 20, GnosticTypes.Repeated(GnosticTypes.Any)),
        new("additionalProperties", 21, GnosticTypes.AdditionalProperties(Schema)),
        new("type", 22, GnosticTypes.Wrapped(1, GnosticTypes.Repeated(GnosticTypes.Text))),
        new("items", 23, GnosticTypes.Wrapped(1, GnosticTypes.Repeated(Schema))),
        new("allOf", 24, GnosticTypes.Repeated(Schema)),
        new("properties", 25, GnosticTypes.Wrapped(1, GnosticTypes.Named(Schema))),
        new("readOnly", 27, GnosticTypes.Boolean),
        new("example", 30, GnosticTypes.Any));

    private static readonly GnosticMessage BodyMessage = new(
        6,
        new("description", 1, GnosticTypes.Text), new("name", 2, GnosticTypes.Text), new("in", 3, GnosticTypes.Text),
        new("required", 4, GnosticTypes.Boolean), new("schema", 5, Schema));

    private static readonly GnosticMessage QueryMessage = new(
        23,
        new("required", 1, GnosticTypes.Boolean), new("in", 2, GnosticTypes.Text), new("description", 3, GnosticTypes.Text),
        new("name", 4, GnosticTypes.Text), new("type", 6, GnosticTypes.Text), new("format", 7, GnosticTypes.Text),
        new("uniqueItems", 20, GnosticTypes.Boolean));

    private static readonly GnosticMessage InPathMessage = new(
        22,
        new("required", 1, GnosticTypes.Boolean), new("in", 2, GnosticTypes.Text), new("description", 3, GnosticTypes.Text),
        new("name", 4, GnosticTypes.Text), new("type", 5, GnosticTypes.Text), new("format", 6, GnosticTypes.Text),
        new("uniqueItems", 19, GnosticTypes.Boolean));

    // Parameter: a body, or one of the others, each of which has its own message.
    private static readonly GnosticWrite Parameter = GnosticTypes.Wrapped(
        1,
        GnosticTypes.Either(
            static v => Place(v) == "body",
            GnosticTypes.Wrapped(1, BodyMessage.Write),
            GnosticTypes.Wrapped(
                2,
                GnosticTypes.Either(
                    static v => Place(v) == "query", GnosticTypes.Wrapped(3, QueryMessage.Write), GnosticTypes.Wrapped(4, InPathMessage.Write)))));

    private static readonly GnosticMessage ResponseMessage = new(
        5, new("description", 1, GnosticTypes.Text), new("schema", 2, GnosticTypes.Wrapped(1, Schema)));

    private static readonly GnosticWrite Response = GnosticTypes.OrReference(ResponseMessage.Write, ReferenceMessage.Write);

    private static readonly GnosticMessage OperationMessage = new(
        13,
        new("tags", 1, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("summary", 2, GnosticTypes.Text),
        new("description", 3, GnosticTypes.Text),
        new("operationId", 5, GnosticTypes.Text),
        new("produces", 6, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("consumes", 7, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("parameters", 8, GnosticTypes.Repeated(Parameter)),
        new("responses", 9, GnosticTypes.Wrapped(1, GnosticTypes.Named(Response))),
        new("schemes", 10, GnosticTypes.Repeated(GnosticTypes.Text)),
        new("deprecated", 11, GnosticTypes.Boolean));

    private static readonly GnosticMessage PathItemMessage = new(
        10,
        new("get", 2, OperationMessage.Write), new("put", 3, OperationMessage.Write), new("post", 4, OperationMessage.Write),
        new("delete", 5, OperationMessage.Write), new("patch", 8, OperationMessage.Write),
        new("parameters", 9, GnosticTypes.Repeated(Parameter)));

    public static void Info(ProtobufBuffer output, int number, Value value) => InfoMessage.Write(output, number, value);

    public static void PathItem(ProtobufBuffer output, int number, Value value) => PathItemMessage.Write(output, number, value);

    public static void Schema(ProtobufBuffer output, int number, Value value) => SchemaMessage.Write(output, number, value);

    public static void SecurityDefinitions(ProtobufBuffer output, int number, Value value) =>
        GnosticTypes.Wrapped(1, GnosticTypes.Named(GnosticTypes.Wrapped(2, ApiKeyMessage.Write)))(output, number, value);

    private static string? Place(Value parameter) => (parameter as ObjectValue)?.GetString("in");
}
