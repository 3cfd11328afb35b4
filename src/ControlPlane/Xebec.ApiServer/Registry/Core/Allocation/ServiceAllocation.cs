using System.Net;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>What one write of a Service takes from the pools; undone as a whole when the write fails.</summary>
internal sealed class ServiceAllocation(
    AddressPool addresses, PortPool ports, HashSet<IPAddress> alreadyOwnAddresses, HashSet<(string Protocol, int Port)> alreadyOwnPorts)
{
    private readonly List<Action> _undo = [];

    /// <summary>Takes a given address.</summary>
    /// <exception cref="ApiException">422 when it is outside the range or in use.</exception>
    public string TakeAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || alreadyOwnAddresses.Contains(address))
            return text;
        if (!addresses.Contains(address))
            throw Invalid(Addresses, text, $"failed to allocate IP {text}: the provided network does not match the current range");
        if (!addresses.TryTake(address))
            throw Invalid(Addresses, text, $"failed to allocate IP {text}: provided IP is already allocated");
        _undo.Add(() => addresses.Release(address));
        return text;
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
    public long TakePort(string protocol, long port, int position)
    {
        if (alreadyOwnPorts.Contains((protocol, (int)port)))
            return port;
        var path = FieldPath.Root("spec").Child("ports").Index(position).Child("nodePort");
        if (!ports.Contains(port))
            throw Invalid(path, port, $"provided port is not in the valid range. The range of valid ports is {ports.Range}");
        if (!ports.TryTake(protocol, (int)port))
            throw Invalid(path, port, "provided port is already allocated");
        _undo.Add(() => ports.Release(protocol, (int)port));
        return port;
    }

    /// <summary>Takes a free node port.</summary>
    /// <exception cref="ApiException">500 when the range is full.</exception>
    public long TakeAnyPort(string protocol)
    {
        var port = ports.Take(protocol);
        if (port == 0)
            throw ApiErrors.InternalError("failed to allocate a nodePort: range is full");
        _undo.Add(() => ports.Release(protocol, port));
        return port;
    }

    /// <summary>Gives everything taken back.</summary>
    public void Undo()
    {
        foreach (var undo in _undo)
            undo();
        _undo.Clear();
    }

    private static FieldPath Addresses => FieldPath.Root("spec").Child("clusterIPs");

    private static ApiException Invalid(FieldPath path, Xebec.ApiMachinery.Values.Value value, string detail) =>
        ApiErrors.Invalid("", "Service", "", [FieldError.Invalid(path, value, detail)]);
}
