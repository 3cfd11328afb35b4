using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What of its pod and containers an environment variable or a file can show.</summary>
internal static class DownwardApiRules
{
    private static readonly string[] EnvFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
        "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] FileFields =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    // What a pod can be asked for at all.
    private static readonly string[] KnownFields =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
        "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ];

    private static readonly string[] Resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    private static readonly string[] SizeDivisors =
        ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    /// <summary>The walk stands on an environment variable's source.</summary>
    public static void CheckEnv(ObjectValue source, CheckContext context)
    {
        if (source.GetObject("fieldRef") is { } field)
            CheckField(field, EnvFields, context);
        if (source.GetObject("resourceFieldRef") is { } resource)
            CheckResource(resource, isFile: false, context);
    }

    /// <summary>The walk stands on a file of a volume.</summary>
    public static void CheckFile(ObjectValue file, CheckContext context)
    {
        VolumeRules.CheckMode(file, context);
        var (field, resource) = (file.GetObject("fieldRef"), file.GetObject("resourceFieldRef"));
        if (field is not null)
            CheckField(field, FileFields, context);
        else if (resource is not null)
            CheckResource(resource, isFile: true, context);
        else
            context.RequiredHere("one of fieldRef and resourceFieldRef is required");
        if (field is not null && resource is not null)
            context.InvalidHere("resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
    }

    private static void CheckField(ObjectValue reference, string[] supported, CheckContext context)
    {
        context.Enter("fieldRef");
        if (reference.GetString("fieldPath") is not { Length: > 0 } path)
            context.Required("fieldPath");
        else if (reference.GetString("apiVersion") is { Length: > 0 } version and not "v1")
            context.Invalid("fieldPath", path, $"error converting fieldPath: unsupported pod version: {version}");
        else
            CheckPath(path, supported, context);
        context.Leave();
    }

    private static void CheckPath(string path, string[] supported, CheckContext context)
    {
        var (name, subscript) = path == "spec.host" ? ("spec.nodeName", null) : Split(path);
        if (subscript is not null && name is "metadata.annotations" or "metadata.labels")
        {
            var key = name == "metadata.annotations" ? subscript!.ToLowerInvariant() : subscript!;
            if (NameRules.QualifiedName(key) is { Count: > 0 } messages)
                context.AddInvalid(context.Here, key, messages);
        }
        else if (subscript is not null)
            context.Invalid("fieldPath", path, $"error converting fieldPath: field label does not support subscript: {path}");
        else if (Array.IndexOf(KnownFields, name) < 0)
            context.Invalid("fieldPath", path, $"error converting fieldPath: field label not supported: {path}");
        else if (Array.IndexOf(supported, name) < 0)
            context.NotSupported("fieldPath", name, supported);
    }

    // metadata.labels['key']: the name and the key.
    private static (string Name, string? Subscript) Split(string path)
    {
        var start = path.IndexOf("['", StringComparison.Ordinal);
        return start > 0 && path.EndsWith("']", StringComparison.Ordinal) && path.Length >= start + 4
            ? (path[..start], path[(start + 2)..^2])
            : (path, null);
    }

    private static void CheckResource(ObjectValue reference, bool isFile, CheckContext context)
    {
        context.Enter("resourceFieldRef");
        var resource = reference.GetString("resource") ?? "";
        if (isFile && reference["containerName"].IsZero())
            context.Required("containerName");
        else if (resource.Length == 0)
            context.Required("resource");
        else if (Array.IndexOf(Resources, resource) < 0 && !IsHugePages(resource))
            context.NotSupported("resource", resource, Resources);
        if (Quantity.TryParse(reference.GetString("divisor") ?? "", out var divisor) && divisor.Value != 0)
            CheckDivisor(resource, divisor.ToString(), context);
        context.Leave();
    }

    private static void CheckDivisor(string resource, string divisor, CheckContext context)
    {
        var sort = resource switch
        {
            "limits.cpu" or "requests.cpu" => "cpu",
            "limits.memory" or "requests.memory" => "memory",
            "limits.ephemeral-storage" or "requests.ephemeral-storage" => "local ephemeral storage",
            _ when IsHugePages(resource) => "hugepages",
            _ => null,
        };
        if (sort == "cpu" && divisor is not ("1m" or "1"))
            context.Invalid("divisor", resource, "only divisor's values 1m and 1 are supported with the cpu resource");
        else if (sort is not (null or "cpu") && Array.IndexOf(SizeDivisors, divisor) < 0)
            context.Invalid("divisor", resource, $"only divisor's values {string.Join(", ", SizeDivisors)} are supported with the {sort} resource");
    }

    private static bool IsHugePages(string resource) =>
        resource.StartsWith("requests.hugepages-", StringComparison.Ordinal) || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);
}
