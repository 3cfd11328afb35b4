using System.Net;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Core.Allocation;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Services: cluster addresses and node ports are handed out on create and update and taken back afterwards.</summary>
internal sealed class ServiceStrategy(AddressPool addresses, PortPool ports) : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool AllowCreateOnUpdate => true;

    /// <summary>Takes in what a stored Service uses; at start.</summary>
    public void Adopt(ObjectValue stored)
    {
        foreach (var address in Addresses(stored))
            addresses.TryTake(address);
        foreach (var (protocol, port) in NodePorts(stored))
            ports.TryTake(protocol, port);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue { { "loadBalancer", new ObjectValue() } };
    }

    /// <summary>Addresses and ports that an update leaves out stay as they are (clients send manifests without them).</summary>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        var (spec, before) = (updated.GetOrAddObject("spec"), stored.GetObject("spec") ?? []);
        ServiceTypeChange.DropLeftovers(spec, before);
        if (NeedsAddress(spec) && spec.GetString("clusterIP") is null or "" && NeedsAddress(before))
        {
            spec["clusterIP"] = before["clusterIP"];
            spec["clusterIPs"] ??= before["clusterIPs"];
        }

        if (NeedsNodePorts(spec))
            KeepNodePorts(spec, before);
    }

    private static void KeepNodePorts(ObjectValue spec, ObjectValue before)
    {
        foreach (var port in (spec.GetList("ports") ?? []).Select(p => p.AsObject()!))
        {
            if (port["nodePort"]?.AsInt64() is > 0)
                continue;
            var same = (before.GetList("ports") ?? []).Select(p => p.AsObject()!).FirstOrDefault(
                p => p["port"]!.DeepEquals(port["port"]) && Protocol(p) == Protocol(port));
            port["nodePort"] = same?["nodePort"]?.AsInt64() is > 0 ? same["nodePort"] : null;
        }
    }

    /// <inheritdoc/>
    public override ValueTask AllocateAsync(ObjectValue updated, ObjectValue? stored, bool dryRun, CancellationToken cancellationToken)
    {
        var spec = updated.GetOrAddObject("spec");
        var taken = new ServiceAllocation(addresses, ports, stored is null ? [] : [.. Addresses(stored)], stored is null ? [] : [.. NodePorts(stored)]);
        try
        {
            AllocateAddress(spec, taken);
            if (NeedsNodePorts(spec))
                AllocatePorts(spec, taken);
            else
                DropPorts(spec);
        }
        catch
        {
            taken.Undo();
            throw;
        }

        if (dryRun)
            taken.Undo();
        return ValueTask.CompletedTask;
    }

    private void AllocateAddress(ObjectValue spec, ServiceAllocation taken)
    {
        if (!NeedsAddress(spec))
        {
            spec.Remove("clusterIP");
            spec.Remove("clusterIPs");
            return;
        }

        var given = spec.GetString("clusterIP") is { Length: > 0 } single ? single : spec.GetList("clusterIPs") is [var first, ..] ? first.AsString() : null;
        if (given is "None")
        {
            SetAddress(spec, "None");
            return;
        }

        SetAddress(spec, given is { Length: > 0 } ? taken.TakeAddress(given) : taken.TakeAnyAddress());
    }

    private static void SetAddress(ObjectValue spec, string address)
    {
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new ListValue([address]);
        spec["ipFamilies"] ??= new ListValue(["IPv4"]);
        spec["ipFamilyPolicy"] ??= "SingleStack";
    }

    private void AllocatePorts(ObjectValue spec, ServiceAllocation taken)
    {
        var position = 0;
        foreach (var port in (spec.GetList("ports") ?? []).Select(p => p.AsObject()!))
        {
            var given = port["nodePort"]?.AsInt64() ?? 0;
            port["nodePort"] = given > 0 ? taken.TakePort(Protocol(port), given, position) : taken.TakeAnyPort(Protocol(port));
            position++;
        }
    }

    private static void DropPorts(ObjectValue spec)
    {
        foreach (var port in spec.GetList("ports") ?? [])
            port.AsObject()?.Remove("nodePort");
    }

    /// <inheritdoc/>
    public override void Release(ObjectValue removed)
    {
        foreach (var address in Addresses(removed))
            addresses.Release(address);
        foreach (var (protocol, port) in NodePorts(removed))
            ports.Release(protocol, port);
    }

    /// <summary>Gives back what an update no longer uses.</summary>
    public override void ReleaseReplaced(ObjectValue stored, ObjectValue updated)
    {
        foreach (var address in Addresses(stored).Except(Addresses(updated)))
            addresses.Release(address);
        foreach (var (protocol, port) in NodePorts(stored).Except(NodePorts(updated)))
            ports.Release(protocol, port);
    }

    private static bool NeedsAddress(ObjectValue spec) => spec.GetString("type") is not "ExternalName";

    private static bool NeedsNodePorts(ObjectValue spec) =>
        spec.GetString("type") is "NodePort" ||
        (spec.GetString("type") is "LoadBalancer" && spec["allocateLoadBalancerNodePorts"]?.AsBool() != false);

    private static IEnumerable<IPAddress> Addresses(ObjectValue service) =>
        (service.GetObject("spec")?.GetList("clusterIPs") ?? [])
            .Select(a => IPAddress.TryParse(a.AsString(), out var address) ? address : null).OfType<IPAddress>();

    private static IEnumerable<(string Protocol, int Port)> NodePorts(ObjectValue service) =>
        (service.GetObject("spec")?.GetList("ports") ?? []).Select(p => p.AsObject()!)
            .Where(p => p["nodePort"]?.AsInt64() is > 0).Select(p => (Protocol(p), (int)p["nodePort"]!.AsInt64()!.Value));

    private static string Protocol(ObjectValue port) => port.GetString("protocol") is { Length: > 0 } protocol ? protocol : "TCP";
}
