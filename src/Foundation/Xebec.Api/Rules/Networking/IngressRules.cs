using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>Ingresses.</summary>
internal static class IngressRules
{
    private static readonly string[] InvalidParts = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] InvalidEnds = ["/..", "/."];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec["rules"].IsZero() && spec["defaultBackend"].IsAbsent())
            context.Add(FieldError.Invalid(context.Here, new ListValue(), "either `defaultBackend` or `rules` must be specified"));
    }

    public static void CheckRule(ObjectValue rule, CheckContext context)
    {
        if (rule.GetString("host") is not { Length: > 0 } host)
            return;
        if (AddressRules.TryParseIp(host, out _))
            context.Invalid("host", host, "must be a DNS name, not an IP address");
        else if (host.Contains('*', StringComparison.Ordinal))
            context.AddInvalid(context.At("host"), host, NameRules.WildcardDnsSubdomain(host));
        else
            context.AddInvalid(context.At("host"), host, NameRules.DnsSubdomain(host));
    }

    public static void CheckPath(ObjectValue item, CheckContext context)
    {
        var path = item.GetString("path") ?? "";
        if (item.GetString("pathType") is "Exact" or "Prefix")
            CheckExact(path, context);
        else if (path.Length > 0 && path[0] != '/')
            context.Invalid("path", path, "must be an absolute path");
    }

    public static void CheckBackend(ObjectValue backend, CheckContext context)
    {
        var hasResource = !backend["resource"].IsAbsent();
        if (backend.GetObject("service") is not { } service)
        {
            if (!hasResource)
                context.Add(FieldError.Required(context.Here, "resource or service backend is required"));
            return;
        }

        if (hasResource)
            context.Add(FieldError.Invalid(context.Here, "", "cannot set both resource and service backends"));
        CheckPort(service.GetObject("port"), context.At("service"), context);
    }

    private static void CheckPort(ObjectValue? port, FieldPath service, CheckContext context)
    {
        var (name, number) = (port?.GetString("name") ?? "", port?["number"]?.AsInt64() ?? 0);
        if (name.Length > 0 && number != 0)
            context.Add(FieldError.Invalid(service, port, "cannot set both port name & port number"));
        else if (name.Length > 0)
            context.AddInvalid(service.Child("port", "name"), name, PortRules.Name(name));
        else if (number == 0)
            context.Add(FieldError.Required(service, "port name or number is required"));
        else
            context.AddInvalid(service.Child("port", "number"), number, PortRules.Number(number));
    }

    private static void CheckExact(string path, CheckContext context)
    {
        if (path.Length == 0 || path[0] != '/')
            context.Invalid("path", path, "must be an absolute path");
        foreach (var part in InvalidParts)
        {
            if (path.Contains(part, StringComparison.Ordinal))
                context.Invalid("path", path, $"must not contain '{part}'");
        }

        foreach (var end in InvalidEnds)
        {
            if (path.EndsWith(end, StringComparison.Ordinal))
                context.Invalid("path", path, $"cannot end with '{end}'");
        }
    }
}
