namespace Xebec.SchemaImporter;

/// <summary>Turns a Go type of the facts into the type text of a schema file.</summary>
internal sealed class TypeNames(FactsFile facts, FactsPackage home)
{
    // Types that JSON writes unlike their Go struct: the engine knows them as scalars.
    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["string"] = "string",
        ["int"] = "int64",
        ["int32"] = "int32",
        ["int64"] = "int64",
        ["bool"] = "bool",
        ["float64"] = "double",
        ["UID"] = "string",
        ["Time"] = "time",
        ["MicroTime"] = "microtime",
        ["Duration"] = "duration",
        ["Quantity"] = "quantity",
        ["IntOrString"] = "intorstring",
        ["RawExtension"] = "rawextension",
        ["FieldsV1"] = "fieldsv1",
        ["JSON"] = "json",
        ["JSONSchemaPropsOrArray"] = "schemaorarray",
        ["JSONSchemaPropsOrBool"] = "schemaorbool",
        ["JSONSchemaPropsOrStringArray"] = "schemaorstringarray",
    };

    private static readonly Dictionary<string, string> Qualifiers = new()
    {
        ["metav1"] = "meta/v1",
        ["corev1"] = "core/v1",
        ["apiv1"] = "core/v1",
        ["authenticationv1"] = "authentication/v1",
    };

    public static bool IsScalarType(string name) => Scalars.ContainsKey(name);

    public string Convert(string go)
    {
        if (go.StartsWith('*'))
            return "*" + Convert(go[1..]);
        if (go == "[]byte")
            return "bytes";
        if (go.StartsWith("[]", StringComparison.Ordinal))
            return "[]" + Convert(go[2..]).TrimStart('*');
        if (go.StartsWith("map[", StringComparison.Ordinal))
            return "map[]" + Convert(go[(go.IndexOf(']', StringComparison.Ordinal) + 1)..]);
        var dot = go.LastIndexOf('.');
        var (qualifier, name) = dot < 0 ? ("", go) : (go[..dot], go[(dot + 1)..]);
        return Scalars.TryGetValue(name, out var scalar) ? scalar : Named(qualifier, name);
    }

    private string Named(string qualifier, string name)
    {
        var package = qualifier switch
        {
            "" => home.ShortName,
            "v1" => facts.Defines("core/v1", name) ? "core/v1" : "meta/v1",
            _ => Qualifiers[qualifier],
        };
        var definedIn = facts.Package(package);
        if (definedIn.Alias(name) is { } target && target != "string")
            return new TypeNames(facts, definedIn).Convert(target);
        return package == home.ShortName ? name : $"{package}.{name}";
    }
}
