using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>Structural schemas as types of CEL, with the sizes that cost estimates read (upstream's SchemaDeclType).</summary>
internal static class RuleTypes
{
    private static readonly CelType Name = CelType.String.WithMaxSize(RuleSizes.MaximumNameBytes);

    private static readonly CelType ObjectMeta = new CelObjectType(
        "metadata", [new CelField("name", Name), new CelField("generateName", Name)]);

    /// <summary>The type of a schema; null when expressions cannot reach such values (unknown fields).</summary>
    public static CelType? Of(StructuralSchema schema, bool isResource, string name)
    {
        if (schema.IsIntOrString)
            return CelType.Dyn.WithMaxSize(RuleSizes.Longest);
        switch (schema.Type)
        {
            case "array":
                return schema.Items is { } items && Of(items, false, name + ".@idx") is { } item
                    ? CelType.List(item, schema.ListType ?? ListType.Atomic, schema.ListMapKeys).WithMaxSize(RuleSizes.OfList(schema))
                    : null;
            case "object":
                return OfObject(schema, isResource || schema.IsEmbeddedResource, name);
            case "string":
                return OfText(schema);
            case "boolean":
                return CelType.Bool;
            case "number":
                return CelType.Double;
            case "integer":
                return CelType.Int;
            default:
                return null;
        }
    }

    private static CelType? OfObject(StructuralSchema schema, bool isResource, string name)
    {
        if (schema.AdditionalProperties is { } values)
        {
            return Of(values, false, name + ".@elem") is { } value
                ? CelType.Map(CelType.String, value).WithMaxSize(RuleSizes.OfMap(schema))
                : null;
        }

        return new CelObjectType(name, () => Fields(schema, isResource, name));
    }

    private static List<CelField> Fields(StructuralSchema schema, bool isResource, string name)
    {
        var fields = new List<CelField>();
        if (isResource)
        {
            fields.Add(new CelField("apiVersion", CelType.String.WithMaxSize(RuleSizes.Longest)) { Required = true });
            fields.Add(new CelField("kind", CelType.String.WithMaxSize(RuleSizes.Longest)) { Required = true });
            fields.Add(new CelField("metadata", ObjectMeta) { Required = true });
        }

        foreach (var (member, property) in schema.Properties)
        {
            if ((isResource && member is "apiVersion" or "kind" or "metadata") || Of(property, false, $"{name}.{member}") is not { } type)
                continue;
            fields.Add(new CelField(member, type)
            {
                Required = property.Default is not null || schema.Rules?.Required.Contains(member) == true,
                Enum = property.Rules?.Enum ?? [],
            });
        }

        return fields;
    }

    private static CelType OfText(StructuralSchema schema) => schema.Rules?.Format switch
    {
        "byte" => CelType.Bytes.WithMaxSize(RuleSizes.OfText(schema)),
        "duration" => CelType.Duration.WithMaxSize(RuleSizes.Duration),
        "date" or "date-time" => CelType.Timestamp.WithMaxSize(RuleSizes.Duration),
        _ => CelType.String.WithMaxSize(RuleSizes.OfText(schema)),
    };
}
