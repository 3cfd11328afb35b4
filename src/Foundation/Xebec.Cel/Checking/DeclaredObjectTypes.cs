namespace Xebec.Cel.Checking;

/// <summary>Object types of variables: their fields are known, none can be constructed.</summary>
internal sealed class DeclaredObjectTypes : IObjectTypes
{
    public static readonly DeclaredObjectTypes Instance = new();

    private DeclaredObjectTypes()
    {
    }

    public CelType? Find(string name) => null;

    public CelType? FieldType(CelType type, string field) => (type as CelObjectType)?.Field(field)?.Type;
}
