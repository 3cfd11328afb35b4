using System.Collections.Concurrent;
using System.Net;

namespace Xebec.Dns.Records;

/// <summary>All Services by name. One writer replaces a Service's records as a whole; readers take no lock.</summary>
internal sealed class ClusterRecords
{
    private readonly ConcurrentDictionary<string, ServiceRecords> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IPAddress, string> _pointers = new();

    /// <summary>Grows with every change: the serial of the zone.</summary>
    public uint Serial { get; private set; } = 1;

    /// <summary>Replaces the records of the Service <paramref name="name"/> (name.namespace); null removes it.</summary>
    public void Set(string name, ServiceRecords? records)
    {
        if (_services.TryGetValue(name, out var former)) RemovePointers(former);
        if (records is null) _services.TryRemove(name, out _);
        else _services[name] = records;
        CountNamespace(name, (records is null ? 0 : 1) - (former is null ? 0 : 1));
        if (records is not null) AddPointers(records);
        Serial++;
    }

    public ServiceRecords? Find(ReadOnlySpan<char> name) =>
        _services.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var records) ? records : null;

    /// <summary>True if the namespace holds a Service.</summary>
    public bool HasNamespace(ReadOnlySpan<char> name) => _namespaces.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(name);

    /// <summary>The name of an address, relative to svc in the cluster's domain.</summary>
    public string? FindPointer(IPAddress address) => _pointers.GetValueOrDefault(address);

    private void CountNamespace(string name, int change)
    {
        if (change == 0) return;
        var space = name[(name.IndexOf('.') + 1)..];
        var count = _namespaces.GetValueOrDefault(space) + change;
        if (count > 0) _namespaces[space] = count;
        else _namespaces.TryRemove(space, out _);
    }

    private void AddPointers(ServiceRecords records)
    {
        foreach (var (address, name) in Pointers(records)) _pointers[address] = name;
    }

    // An endpoint may be in several Services: only our own entry goes.
    private void RemovePointers(ServiceRecords records)
    {
        foreach (var pointer in Pointers(records)) _pointers.TryRemove(pointer);
    }

    private static IEnumerable<KeyValuePair<IPAddress, string>> Pointers(ServiceRecords records)
    {
        foreach (var address in records.ClusterIPs) yield return new(address, records.Name);
        foreach (var endpoint in records.Endpoints) yield return new(endpoint.Address, $"{endpoint.Hostname}.{records.Name}");
    }
}
