using System.Net;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>What one write of a Service takes from the pools; undone as a whole when the write fails.</summary>
internal sealed class ServiceAllocation(AddressPool addresses, PortPool ports, ObjectValue service)
{
    private readonly List<Action> _undo = [];

    /// <summary>Takes a given address.</summary>
    /// <exception cref="ApiException">422 when it is outside the range or in use.</exception>
    public void TakeAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address))
            return;
        if (!addresses.Contains(address))
            throw Refused(text, "the provided network does not match the current range");
        if (!addresses.TryTake(address))
            throw Refused(text, "provided IP is already allocated");
        _undo.Add(() => addresses.Release(address));
    }

    /// <summary>Takes a free address.</summary>
    /// <exception cref="ApiException">500 when the range is full.</exception>
    public string TakeAnyAddress()
    {
        var address = addresses.Take() ?? throw ApiErrors.InternalError("failed to allocate a serviceIP: range is full");
        _undo.Add(() => addresses.Release(address));
        return address.ToString();
    }

    /// <summary>Takes a given node port.</summary>
    /// <exception cref="ApiException">422 when it is outside the range or in use.</exception>
    public void TakePort(long port, int position)
    {
        if (TryTakePort(port) is { } objection)
            throw Invalid(FieldPath.Root("spec").Child("ports").Index(position).Child("nodePort"), port, objection);
    }

    /// <summary>Takes the node port given for health checks.</summary>
    /// <exception cref="ApiException">500 when it is outside the range or in use.</exception>
    public void TakeHealthCheckPort(long port)
    {
        if (TryTakePort(port) is { } objection)
            throw ApiErrors.InternalError($"failed to allocate requested HealthCheck NodePort {port}: {objection}");
    }

    /// <summary>Takes a free node port.</summary>
    /// <exception cref="ApiException">500 when the range is full.</exception>
    public int TakeAnyPort()
    {
        var port = ports.Take();
        if (port == 0)
            throw ApiErrors.InternalError("failed to allocate a nodePort: range is full");
        _undo.Add(() => ports.Release(port));
        return port;
    }

    /// <summary>Gives everything taken back.</summary>
    public void Undo()
    {
        foreach (var undo in _undo)
            undo();
        _undo.Clear();
    }

    private string? TryTakePort(long port)
    {
        if (!ports.Contains(port))
            return $"provided port is not in the valid range. The range of valid ports is {ports.Range}";
        if (!ports.TryTake((int)port))
            return "provided port is already allocated";
        _undo.Add(() => ports.Release((int)port));
        return null;
    }

    private ApiException Refused(string address, string reason) =>
        Invalid(FieldPath.Root("spec").Child("clusterIPs"), service.GetObject("spec")!["clusterIPs"]!, $"failed to allocate IP {address}: {reason}");

    private ApiException Invalid(FieldPath path, Value value, string detail) =>
        ApiErrors.Invalid("", "Service", service.GetObject("metadata")?.GetString("name") ?? "", [FieldError.Invalid(path, value, detail)]);
}
