namespace Xebec.Cel.Checking;

/// <summary>
/// What a mutating policy constructs: Object and, for each path, Object.path (whose fields may be anything that stands at that path),
/// and JSONPatch (KEP-3962).
/// </summary>
internal sealed class MutationObjectTypes : IObjectTypes
{
    public const string Root = "Object";
    public const string JsonPatch = "JSONPatch";

    public static readonly MutationObjectTypes Instance = new();

    private static readonly CelObjectType Patch = new(JsonPatch,
    [
        new("op", CelType.String),
        new("path", CelType.String),
        new("from", CelType.String),
        new("value", CelType.Dyn),
    ]);

    private MutationObjectTypes()
    {
    }

    public CelType? Find(string name) => name switch
    {
        JsonPatch => Patch,
        Root => new CelObjectType(Root, []),
        _ => name.StartsWith(Root + ".", StringComparison.Ordinal) ? new CelObjectType(name, []) : null,
    };

    public CelType? FieldType(CelType type, string field) =>
        IsMutation(type) ? CelType.Dyn : DeclaredObjectTypes.Instance.FieldType(type, field);

    private static bool IsMutation(CelType type) =>
        type.Name == Root || type.Name.StartsWith(Root + ".", StringComparison.Ordinal);
}
