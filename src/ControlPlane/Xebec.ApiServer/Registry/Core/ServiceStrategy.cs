using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Core.Allocation;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Services: cluster addresses and node ports are handed out on create and update and taken back afterwards.</summary>
internal sealed class ServiceStrategy(AddressPool addresses, PortPool ports) : ResourceStrategy
{
    private readonly ServiceFamilies _families = new("IPv4");

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool AllowCreateOnUpdate => true;

    /// <summary>Takes in what a stored Service uses; at start.</summary>
    public void Adopt(ObjectValue stored)
    {
        foreach (var address in ServiceUse.Addresses(stored))
            addresses.TryTake(address);
        foreach (var port in ServiceUse.NodePorts(stored))
            ports.TryTake(port);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue { { "loadBalancer", new ObjectValue() } };
    }

    /// <summary>
    /// Settles addresses and ports, those the client left out of an update as they were. It happens after ownership is tracked: what a
    /// Service is given is nobody's.
    /// </summary>
    public override ValueTask AllocateAsync(ObjectValue updated, ObjectValue? stored, bool dryRun, CancellationToken cancellationToken)
    {
        var spec = updated.GetOrAddObject("spec");
        var before = stored?.GetObject("spec");
        if (before is not null)
            ServiceAddressSync.Keep(spec, before);
        ServiceAddressSync.Align(spec, before);
        if (before is not null)
            ServiceTypeChange.DropLeftovers(spec, before);
        _families.Settle(updated, before);
        var taken = new ServiceAllocation(addresses, ports, updated);
        try
        {
            if (ServiceUse.NeedsAddress(spec) && (before is null || !ServiceUse.NeedsAddress(before)))
                AllocateAddress(spec, taken);
            AllocatePorts(spec, stored, new NodePortAllocation(taken));
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

    private static void AllocateAddress(ObjectValue spec, ServiceAllocation taken)
    {
        var given = spec.GetString("clusterIP") ?? "";
        if (given is "None")
            return;
        if (given.Length > 0)
        {
            taken.TakeAddress(given);
            return;
        }

        var address = taken.TakeAnyAddress();
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new ListValue([address]);
    }

    private static void AllocatePorts(ObjectValue spec, ObjectValue? stored, NodePortAllocation ports)
    {
        if (ServiceUse.NeedsNodePorts(spec) && stored is null)
            ports.AllocateFirst(spec);
        else if (ServiceUse.NeedsNodePorts(spec))
            ports.AllocateNew(spec, ServiceUse.NodePorts(stored));
        if (ServiceUse.NeedsHealthCheck(spec) && !(stored?.GetObject("spec") is { } before && ServiceUse.NeedsHealthCheck(before)))
            ports.AllocateHealthCheck(spec);
    }

    /// <inheritdoc/>
    public override void Release(ObjectValue removed)
    {
        foreach (var address in ServiceUse.Addresses(removed))
            addresses.Release(address);
        foreach (var port in ServiceUse.NodePorts(removed))
            ports.Release(port);
    }

    /// <summary>
    /// Gives back what an update no longer uses, or what a failed one took. An address or a health check's port is only taken by a Service
    /// that needed none before: what another one merely names is left alone.
    /// </summary>
    public override void ReleaseReplaced(ObjectValue stored, ObjectValue updated)
    {
        var (spec, after) = (stored.GetObject("spec") ?? [], updated.GetObject("spec") ?? []);
        foreach (var address in ServiceUse.NeedsAddress(after) ? [] : ServiceUse.Addresses(stored))
            addresses.Release(address);
        var gone = ServiceUse.NodePorts(stored);
        if (ServiceUse.NeedsHealthCheck(spec) && ServiceUse.NeedsHealthCheck(after))
            gone.Remove((int)(spec["healthCheckNodePort"]?.AsInt64() ?? 0));
        gone.ExceptWith(ServiceUse.NodePorts(updated));
        foreach (var port in gone)
            ports.Release(port);
    }
}
