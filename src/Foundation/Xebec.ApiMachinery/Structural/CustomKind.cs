using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiMachinery.Structural;

/// <summary>What makes a struct the kind of a CustomResourceDefinition: its own schema, read when it is first needed.</summary>
public sealed class CustomKind
{
    private readonly Lazy<StructuralSchema> _schema;

    internal CustomKind(StructSchema objectMeta, Func<StructuralSchema> readSchema)
    {
        ObjectMeta = objectMeta;
        _schema = new Lazy<StructuralSchema>(readSchema);
    }

    /// <summary>The schema of metadata.</summary>
    public StructSchema ObjectMeta { get; }

    /// <summary>The schema of the version.</summary>
    public StructuralSchema Schema => _schema.Value;
}
