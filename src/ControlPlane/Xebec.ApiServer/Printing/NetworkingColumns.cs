using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the networking group.</summary>
internal static class NetworkingColumns
{
    private const int HostsShown = 3;

    public static TableColumn[] Ingress { get; } =
    [
        Column.Name,
        Column.Text(
            "Class", "The name of the IngressClass resource that should be used for additional configuration",
            static o => o.Text("spec", "ingressClassName").Or(CellText.None)),
        Column.Text("Hosts", "Hosts that incoming requests are matched against before the ingress rule", Hosts),
        Column.Text("Address", "Address is a list containing ingress points for the load-balancer", CellText.LoadBalancer),
        Column.Text("Ports", "Ports of TLS configurations that open", static o => o.CountAt("spec", "tls") > 0 ? "80, 443" : "80"),
        Column.Age,
    ];

    public static TableColumn[] IngressClass { get; } =
    [
        Column.Name,
        Column.Text("Controller", "Controller that is responsible for handling this class", static o => o.Text("spec", "controller")),
        Column.Text("Parameters", "A reference to a resource with additional parameters", Parameters),
        Column.Age,
    ];

    public static TableColumn[] NetworkPolicy { get; } =
    [
        Column.Name,
        Column.Text("Pod-Selector", "The pods to which this policy applies.", static o => CellText.Selector(o.At("spec", "podSelector"))),
        Column.Age,
    ];

    public static TableColumn[] ServiceCidr { get; } =
    [
        Column.Name,
        Column.Text("CIDRs", "The ranges that cluster IPs are taken from.", static o => string.Join(',', o.Texts("spec", "cidrs"))),
        Column.Age,
    ];

    public static TableColumn[] IPAddress { get; } =
    [
        Column.Name,
        Column.Text("ParentRef", "The resource that an IPAddress is attached to.", ParentReference),
    ];

    private static string Hosts(ObjectValue ingress)
    {
        var (rules, more) = (ingress.Items("spec", "rules").ToList(), false);
        var hosts = new List<string>();
        foreach (var rule in rules)
        {
            more |= hosts.Count == HostsShown;
            if (!more && rule.Text("host") is { Length: > 0 } host)
                hosts.Add(host);
        }

        var shown = string.Join(',', hosts).Or("*");
        return more ? $"{shown} + {rules.Count - HostsShown} more..." : shown;
    }

    private static string Parameters(ObjectValue ingressClass)
    {
        if (ingressClass.At("spec", "parameters") is not { } parameters)
            return CellText.None;
        var group = parameters.At("apiGroup") is { } given ? $".{given.AsString()}" : "";
        return $"{parameters.Text("kind")}{group}/{parameters.Text("name")}";
    }

    private static string ParentReference(ObjectValue address)
    {
        if (address.At("spec", "parentRef") is not { } parent)
            return CellText.None;
        var group = parent.Text("group");
        var ns = parent.Text("namespace");
        var resource = $"{parent.Text("resource")}{(group.Length > 0 ? "." : "")}{group}".ToLowerInvariant();
        return $"{resource}/{ns}{(ns.Length > 0 ? "/" : "")}{parent.Text("name")}";
    }
}
