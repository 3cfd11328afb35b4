namespace Xebec.ApiMachinery.Schema;

/// <summary>A type of the API as the engine sees it: a scalar, a list, a map or a struct.</summary>
public abstract class TypeSchema
{
    private protected TypeSchema()
    {
    }
}
