using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The definitions of kinds that CustomResourceDefinitions declare.</summary>
internal static class CustomDefinition
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private static readonly string[] BeyondV2 = ["allOf", "anyOf", "oneOf", "not", "default", "nullable"];

    /// <summary>The definition of the kind, of its openAPIV3Schema.</summary>
    public static ObjectValue Kind(GroupVersion groupVersion, string kind, ObjectValue? declared, OpenApiVersion version)
    {
        var definition = (ObjectValue)(declared?.DeepClone() ?? new ObjectValue { ["type"] = "object" });
        if (version == OpenApiVersion.V2)
            Simplify(definition);
        if (definition.GetString("type") == "object" && !IsTrue(definition, "x-kubernetes-preserve-unknown-fields"))
            AddObjectFields(definition.GetOrAddObject("properties"), version, "ObjectMeta");
        definition["x-kubernetes-group-version-kind"] = new ListValue([KindNames.Kind(groupVersion, kind)]);
        return definition;
    }

    /// <summary>The definition of the kind's list.</summary>
    public static ObjectValue List(ServedResource resource, OpenApiVersion version)
    {
        var properties = new ObjectValue
        {
            ["items"] = new ObjectValue
            {
                ["description"] = $"List of {resource.Info.Plural}.",
                ["type"] = "array",
                ["items"] = DefinitionBuilder.Reference(version, PathBuilder.NameOf(resource)),
            },
        };
        AddObjectFields(properties, version, "ListMeta");
        return new ObjectValue
        {
            ["description"] = $"{resource.Info.Kind}List is a list of {resource.Info.Kind}",
            ["type"] = "object",
            ["required"] = new ListValue(["items"]),
            ["properties"] = properties,
            ["x-kubernetes-group-version-kind"] = new ListValue([KindNames.Kind(resource.Info.GroupVersion, resource.Info.Kind + "List")]),
        };
    }

    private static void AddObjectFields(ObjectValue properties, OpenApiVersion version, string metadata)
    {
        properties["apiVersion"] = Text("APIVersion defines the versioned schema of this representation of an object.");
        properties["kind"] = Text("Kind is a string value representing the REST resource this object represents.");
        var reference = DefinitionBuilder.Reference(version, Meta + metadata);
        properties["metadata"] = version == OpenApiVersion.V2 ? reference : new ObjectValue { ["allOf"] = new ListValue([reference]) };
    }

    private static ObjectValue Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static bool IsTrue(ObjectValue schema, string name) => schema[name] is BoolValue { Flag: true };

    // OpenAPI 2.0 cannot say these things; what it would say wrongly is left open instead.
    private static void Simplify(ObjectValue schema)
    {
        var open = IsTrue(schema, "nullable") || IsTrue(schema, "x-kubernetes-int-or-string");
        foreach (var name in BeyondV2)
            schema.Remove(name);
        if (open)
            schema.Remove("type");
        if (open || IsTrue(schema, "x-kubernetes-preserve-unknown-fields"))
        {
            schema.Remove("properties");
            schema.Remove("items");
            schema.Remove("additionalProperties");
            schema.Remove("required");
        }

        foreach (var (_, property) in schema.GetObject("properties") ?? [])
            Simplify((ObjectValue)property);
        if (schema["items"] is ObjectValue items)
            Simplify(items);
        if (schema["additionalProperties"] is ObjectValue values)
            Simplify(values);
    }
}
