using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Structs of which one member must be set.</summary>
internal static class UnionRules
{
    private const string MoreThanOne = "may not have more than one field specified at a time";

    public static void CheckHandler(ObjectValue handler, CheckContext context)
    {
        var (count, last) = Count(handler, "exec", "httpGet", "tcpSocket", "grpc", "sleep");
        if (count == 0)
            context.Add(FieldError.Required(context.Here, "must specify a handler type"));
        else if (count > 1)
            context.Forbidden(last, "may not specify more than 1 handler type");
    }

    public static void CheckEnvVar(ObjectValue variable, CheckContext context)
    {
        if (variable.GetObject("valueFrom") is not { } source)
            return;
        var (count, _) = Count(source, "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
        const string None = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
        if (count == 0)
            context.Invalid("valueFrom", "", None);
        else if (!variable["value"].IsZero())
            context.Invalid("valueFrom", "", "may not be specified when `value` is not empty");
        else if (count > 1)
            context.Invalid("valueFrom", "", MoreThanOne);
    }

    public static void CheckEnvFrom(ObjectValue source, CheckContext context)
    {
        var (count, _) = Count(source, "configMapRef", "secretRef");
        if (count == 0)
            context.Add(FieldError.Invalid(context.Here, "", "must specify one of: `configMapRef` or `secretRef`"));
        else if (count > 1)
            context.Add(FieldError.Invalid(context.Here, "", MoreThanOne));
    }

    public static void CheckProjection(ObjectValue projection, CheckContext context)
    {
        var (count, last) = Count(
            projection, "secret", "downwardAPI", "configMap", "serviceAccountToken", "clusterTrustBundle", "podCertificate");
        if (count == 0)
            context.Add(FieldError.Required(context.Here, "must specify a volume type"));
        else if (count > 1)
            context.Forbidden(last, "may not specify more than 1 volume type");
    }

    public static void CheckDownwardFile(ObjectValue file, CheckContext context)
    {
        var (count, _) = Count(file, "fieldRef", "resourceFieldRef");
        if (count == 0)
            context.Add(FieldError.Required(context.Here, "one of fieldRef and resourceFieldRef is required"));
        else if (count > 1)
            context.Add(FieldError.Invalid(context.Here, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
    }

    /// <summary>How many of the members are set, and the last of them.</summary>
    public static (int Count, string Last) Count(ObjectValue item, params ReadOnlySpan<string> names)
    {
        var (count, last) = (0, "");
        foreach (var name in names)
        {
            if (!item[name].IsAbsent())
                (count, last) = (count + 1, name);
        }

        return (count, last);
    }
}
