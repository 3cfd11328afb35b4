namespace Xebec.Cel.Checking;

/// <summary>The object types of an environment: those its variables have, or also those that mutations construct.</summary>
internal interface IObjectTypes
{
    /// <summary>The type of a name that expressions may construct or compare with; null when there is none.</summary>
    CelType? Find(string name);

    /// <summary>The type of a field of an object type, by the name expressions use; null when it has none.</summary>
    CelType? FieldType(CelType type, string field);
}
