using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Volumes of storage vendors: what of them looks at several fields.</summary>
internal static class NetworkVolumeRules
{
    private const int LongestTenant = 64;
    private const string ManagedDisk = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
    private const string BlobDisk = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

    public static void CheckFibreChannel(ObjectValue source, CheckContext context)
    {
        var (targets, ids) = (source.GetList("targetWWNs"), source.GetList("wwids"));
        if (targets.IsZero() && ids.IsZero())
            context.Required("targetWWNs", "must specify either targetWWNs or wwids, but not both");
        if (!targets.IsZero() && !ids.IsZero())
            context.Invalid("targetWWNs", targets, "targetWWNs and wwids can not be specified simultaneously");
        if (targets.IsZero())
            return;
        if (source["lun"].IsAbsent())
            context.Required("lun", "lun is required if targetWWNs is specified");
        else if (source["lun"]!.AsInt64() is < 0 or > 255)
            context.Invalid("lun", source["lun"], PortRules.InRange(0, 255));
    }

    public static void CheckFlocker(ObjectValue source, CheckContext context)
    {
        var name = source.GetString("datasetName") ?? "";
        if (name.Length == 0 && source["datasetUUID"].IsZero())
            context.RequiredHere("one of datasetName and datasetUUID is required");
        if (name.Length > 0 && !source["datasetUUID"].IsZero())
            context.InvalidHere("resource", "datasetName and datasetUUID can not be specified simultaneously");
        if (name.Contains('/', StringComparison.Ordinal))
            context.Invalid("datasetName", name, "must not contain '/'");
    }

    public static void CheckQuobyte(ObjectValue source, CheckContext context)
    {
        const string Pairs = "must be a host:port pair or multiple pairs separated by commas";
        var registry = source.GetString("registry") ?? "";
        if (registry.Length == 0)
            context.Required("registry", Pairs);
        else if (source.GetString("tenant")?.Length > LongestTenant)
            context.Required("tenant", $"must be a UUID and may not exceed a length of {LongestTenant} characters");
        else
        {
            foreach (var pair in registry.Split(','))
            {
                if (!IsHostAndPort(pair))
                    context.Invalid("registry", registry, Pairs);
            }
        }
    }

    public static void CheckFlex(ObjectValue source, CheckContext context)
    {
        foreach (var (key, _) in source.GetObject("options") ?? [])
        {
            var domain = "." + key.Split('/', 2)[0].ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
                context.AddInvalid(context.At("options").Key(key), key, ["kubernetes.io and k8s.io namespaces are reserved"]);
        }
    }

    public static void CheckAzureDisk(ObjectValue source, CheckContext context)
    {
        var uri = source.GetString("diskURI") ?? "";
        var kind = source.GetString("kind");
        if (kind == "Managed" && !uri.StartsWith("/subscriptions/", StringComparison.Ordinal))
            context.NotSupported("diskURI", uri, [ManagedDisk]);
        if (kind is not (null or "Managed") && !uri.StartsWith("https://", StringComparison.Ordinal))
            context.NotSupported("diskURI", uri, [BlobDisk]);
    }

    public static void CheckGlusterfs(ObjectValue source, CheckContext context)
    {
        if (source.GetString("endpointsNamespace") is not { } ns)
            return;
        if (ns.Length == 0)
            context.Invalid("endpointsNamespace", ns, "if the endpointnamespace is set, it must be a valid namespace name");
        else
            context.CheckText("endpointsNamespace", ns, NameRules.DnsLabel(ns));
    }

    public static void CheckAzureFile(ObjectValue source, CheckContext context)
    {
        if (source.GetString("secretNamespace") is "")
            context.Required("secretNamespace");
    }

    // As Go's net.SplitHostPort: one colon, unless the host is in brackets.
    private static bool IsHostAndPort(string pair)
    {
        var colon = pair.LastIndexOf(':');
        if (colon < 0)
            return false;
        var host = pair[..colon];
        return host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) == host.Length - 1 : host.IndexOfAny([':', '[', ']']) < 0;
    }
}
