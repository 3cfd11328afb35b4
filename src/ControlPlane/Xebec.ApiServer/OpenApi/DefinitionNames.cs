using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The names of definitions: upstream's Go packages, reversed.</summary>
internal static class DefinitionNames
{
    private const string MetaPackage = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private const string ExtensionsPackage = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    /// <summary>The body of a PATCH.</summary>
    public const string Patch = MetaPackage + "Patch";

    /// <summary>meta/v1 Status.</summary>
    public const string Status = MetaPackage + "Status";

    /// <summary>meta/v1 DeleteOptions.</summary>
    public const string DeleteOptions = MetaPackage + "DeleteOptions";

    /// <summary>The name of a struct, for example io.k8s.api.apps.v1.Deployment.</summary>
    public static string Of(StructSchema type)
    {
        var slash = type.Package.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = (type.Package[..slash], type.Package[(slash + 1)..]);
        return group switch
        {
            "meta" => MetaPackage + type.Name,
            "apiextensions" => ExtensionsPackage + type.Name,
            "apiregistration" => $"io.k8s.kube-aggregator.pkg.apis.apiregistration.{version}.{type.Name}",
            _ => $"io.k8s.api.{group}.{version}.{type.Name}",
        };
    }

    /// <summary>The name of a kind that a CustomResourceDefinition declares, for example com.example.stable.v1.CronTab.</summary>
    public static string OfCustom(GroupVersion groupVersion, string kind) =>
        $"{string.Join('.', groupVersion.Group.Split('.').Reverse())}.{groupVersion.Version}.{kind}";

    /// <summary>The name of a scalar that has a definition of its own, null for plain ones.</summary>
    public static string? Of(ScalarKind kind) => kind switch
    {
        ScalarKind.Time => MetaPackage + "Time",
        ScalarKind.MicroTime => MetaPackage + "MicroTime",
        ScalarKind.Duration => MetaPackage + "Duration",
        ScalarKind.FieldsV1 => MetaPackage + "FieldsV1",
        ScalarKind.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        ScalarKind.IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        ScalarKind.RawExtension => "io.k8s.apimachinery.pkg.runtime.RawExtension",
        ScalarKind.Json => ExtensionsPackage + "JSON",
        ScalarKind.JsonSchemaOrArray => ExtensionsPackage + "JSONSchemaPropsOrArray",
        ScalarKind.JsonSchemaOrBool => ExtensionsPackage + "JSONSchemaPropsOrBool",
        ScalarKind.JsonSchemaOrStringArray => ExtensionsPackage + "JSONSchemaPropsOrStringArray",
        _ => null,
    };
}
