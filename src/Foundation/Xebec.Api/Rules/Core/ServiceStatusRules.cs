using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Where a balancer lets traffic in: only for Services that have one.</summary>
internal static class ServiceStatusRules
{
    private static readonly string[] Modes = ["Proxy", "VIP"];

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        if (updated.GetObject("status")?.GetObject("loadBalancer")?.GetList("ingress") is not { Count: > 0 } ingress)
            return;
        context.Enter("status");
        context.Enter("loadBalancer");
        if (updated.GetObject("spec")?.GetString("type") != "LoadBalancer")
            context.Forbidden("ingress", "may only be used when `spec.type` is 'LoadBalancer'");
        else
        {
            context.Enter("ingress");
            for (var i = 0; i < ingress.Count; i++)
            {
                context.EnterItem(i);
                CheckPoint(ingress[i].AsObject() ?? [], context);
                context.Leave();
            }

            context.Leave();
        }

        context.Leave();
        context.Leave();
    }

    private static void CheckPoint(ObjectValue point, CheckContext context)
    {
        var (ip, mode, host) = (point.GetString("ip") ?? "", point.GetString("ipMode"), point.GetString("hostname") ?? "");
        if (ip.Length > 0)
            context.CheckText("ip", ip, AddressRules.Ip(ip));
        if (mode is null && ip.Length > 0)
            context.Required("ipMode", "must be specified when `ip` is set");
        else if (mode is not null && ip.Length == 0)
            context.Forbidden("ipMode", "may not be specified when `ip` is not set");
        else if (mode is not null && Array.IndexOf(Modes, mode) < 0)
            context.NotSupported("ipMode", mode, Modes);
        if (host.Length == 0)
            return;
        context.CheckText("hostname", host, NameRules.DnsSubdomain(host));
        if (AddressRules.TryParseIp(host, out _))
            context.Invalid("hostname", host, "must be a DNS name, not an IP address");
    }
}
