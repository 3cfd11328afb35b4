using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Proxy;

/// <summary>
/// Where a Service is served: one of its ready endpoints, straight from the caches, so that the server reaches it where no proxy rules
/// are (and before they are); for an ExternalName Service that name.
/// </summary>
internal sealed class ServiceResolver(ResourceCatalog catalog)
{
    private readonly DerivedFacts<ObjectValue> _trees = new(item => item.ToTree());

    /// <summary>An address of a Service's port, chosen at random.</summary>
    /// <exception cref="IOException">There is no such Service, port or ready endpoint; the message is upstream's.</exception>
    public EndPoint Resolve(string ns, string name, int port)
    {
        var services = catalog.Find("", "v1", "services")!;
        if (!services.Cache.Snapshot.Objects.TryGetValue(services.Key(ns, name), out var service))
            throw new IOException($"service \"{name}\" not found");
        var spec = _trees.Of(service).GetObject("spec")!;
        if (spec.GetString("type") == "ExternalName")
            return new DnsEndPoint(spec.GetString("externalName") ?? "", port);
        var portName = spec.GetList("ports")?.Select(p => (ObjectValue)p).FirstOrDefault(p => p["port"]?.AsInt64() == port) is { } found
            ? found.GetString("name") ?? ""
            : throw new IOException($"no service port {port} found for service \"{name}\"");
        var ready = Ready(ns, name, portName);
        return ready.Count > 0
            ? ready[Random.Shared.Next(ready.Count)]
            : throw new IOException($"no endpoints available for service \"{name}\"");
    }

    /// <summary>A ready endpoint of a Service's port, given by number or name (empty for the port without one), chosen at random.</summary>
    /// <exception cref="IOException">There is none; the message is upstream's.</exception>
    public IPEndPoint ResolvePort(string ns, string name, string port)
    {
        if (int.TryParse(port, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return Resolve(ns, name, number) as IPEndPoint ?? throw new IOException($"no endpoints available for service \"{name}\"");
        }

        var ready = Ready(ns, name, port);
        return ready.Count > 0
            ? ready[Random.Shared.Next(ready.Count)]
            : throw new IOException($"no endpoints available for service \"{name}\"");
    }

    private List<IPEndPoint> Ready(string ns, string serviceName, string portName)
    {
        var slices = catalog.Find("discovery.k8s.io", "v1", "endpointslices")!;
        var snapshot = slices.Cache.Snapshot;
        var ready = new List<IPEndPoint>();
        if (snapshot.Objects.IsEmpty)
            return ready;
        var (start, end) = snapshot.Find(slices.Prefix(ns), null);
        for (var i = start; i < end; i++)
        {
            if (snapshot.Ordered[i].Facts.Labels.GetValueOrDefault("kubernetes.io/service-name") == serviceName)
                Add(_trees.Of(snapshot.Ordered[i]), portName, ready);
        }

        return ready;
    }

    private static void Add(ObjectValue slice, string portName, List<IPEndPoint> ready)
    {
        var port = slice.GetList("ports")?.Select(p => (ObjectValue)p).FirstOrDefault(p => (p.GetString("name") ?? "") == portName)?["port"]?.AsInt64();
        if (port is null)
            return;
        foreach (var endpoint in (slice.GetList("endpoints") ?? []).Select(e => (ObjectValue)e))
        {
            if (endpoint.GetObject("conditions")?["ready"]?.AsBool() != false &&
                IPAddress.TryParse(endpoint.GetList("addresses")?[0].AsString(), out var address))
            {
                ready.Add(new IPEndPoint(address, (int)port));
            }
        }
    }
}
