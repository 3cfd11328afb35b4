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

    /// <summary>The class of an annotation and that of the spec must be the same on create.</summary>
    public static void CheckCreate(ObjectValue ingress, CheckContext context)
    {
        const string Annotation = "kubernetes.io/ingress.class";
        var annotated = ingress.GetObject("metadata")?.GetObject("annotations")?.GetString(Annotation);
        if (annotated is not null && ingress.GetObject("spec")?.GetString("ingressClassName") is { } name && name != annotated)
        {
            var path = FieldPath.Root("annotations").Child(Annotation);
            context.Add(FieldError.Invalid(path, annotated, "must match `ingressClassName` when both are specified"));
        }
    }

    public static void CheckTls(ObjectValue tls, CheckContext context)
    {
        var hosts = tls.GetList("hosts");
        for (var i = 0; i < (hosts?.Count ?? 0); i++)
        {
            var host = hosts![i].AsString() ?? "";
            context.AddInvalid(context.At("hosts").Index(i), host, HostMessages(host));
        }
    }

    public static void CheckBalancer(ObjectValue ingress, CheckContext context)
    {
        if (ingress.GetString("ip") is { Length: > 0 } ip)
            context.AddInvalid(context.At("ip"), ip, AddressRules.Ip(ip));
        if (ingress.GetString("hostname") is not { Length: > 0 } name)
            return;
        context.AddInvalid(context.At("hostname"), name, NameRules.DnsSubdomain(name));
        if (AddressRules.TryParseIp(name, out _))
            context.Invalid("hostname", name, "must be a DNS name, not an IP address");
    }

    private static IReadOnlyList<string> HostMessages(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardDnsSubdomain(host) : NameRules.DnsSubdomain(host);

    public static void CheckRule(ObjectValue rule, CheckContext context)
    {
        if (rule.GetString("host") is not { Length: > 0 } host)
            return;
        if (AddressRules.TryParseIp(host, out _))
            context.Invalid("host", host, "must be a DNS name, not an IP address");
        context.AddInvalid(context.At("host"), host, HostMessages(host));
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
        var (resource, service) = (backend.GetObject("resource"), backend.GetObject("service"));
        if (resource is not null && service is not null)
            context.Add(FieldError.Invalid(context.Here, "", "cannot set both resource and service backends"));
        else if (resource is not null)
            CheckResource(resource, context.At("resource"), context);
        else if (service is not null)
            CheckService(service, context);
        else
            context.Add(FieldError.Invalid(context.Here, "", "resource or service backend is required"));
    }

    private static void CheckResource(ObjectValue resource, FieldPath path, CheckContext context)
    {
        if (resource.GetString("apiGroup") is { } group)
            context.AddInvalid(path.Child("apiGroup"), group, NameRules.DnsSubdomain(group));
        foreach (var field in new[] { "kind", "name" })
        {
            if (resource.GetString(field) is { Length: > 0 } text)
                context.AddInvalid(path.Child(field), text, NameRules.PathSegment(text));
            else
                context.Add(FieldError.Required(path.Child(field)));
        }
    }

    private static void CheckService(ObjectValue service, CheckContext context)
    {
        var (path, port) = (context.At("service"), service.GetObject("port"));
        var (name, number) = (port?.GetString("name") ?? "", port?["number"]?.AsInt64() ?? 0);
        if (name.Length > 0 && number != 0)
            context.Add(FieldError.Invalid(context.Here, "", "cannot set both port name & port number"));
        else if (name.Length > 0)
            context.AddInvalid(path.Child("port", "name"), name, PortRules.Name(name));
        else if (number == 0)
            context.Add(FieldError.Required(context.Here, "port name or number is required"));
        else
            context.AddInvalid(path.Child("port", "number"), number, PortRules.Number(number));
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
