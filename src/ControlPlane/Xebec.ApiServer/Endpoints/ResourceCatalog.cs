using System.Collections.Immutable;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Every resource served now: built-in ones, and those of CustomResourceDefinitions as they come and go. Readers take no lock.</summary>
internal sealed class ResourceCatalog
{
    private readonly Lock _changing = new();
    private long _generation;
    private volatile ImmutableDictionary<(string Group, string Version, string Plural), ServedResource> _served =
        ImmutableDictionary<(string, string, string), ServedResource>.Empty;

    /// <summary>Counts changes, so that what is derived (discovery, OpenAPI) knows when it is stale.</summary>
    public long Generation
    {
        get => Volatile.Read(ref _generation);
        private set
        {
            Volatile.Write(ref _generation, value);
            Changed?.Invoke();
        }
    }

    /// <summary>Raised after each change; handlers only note it.</summary>
    public event Action? Changed;

    /// <summary>Every resource, in no order.</summary>
    public IEnumerable<ServedResource> All => _served.Values;

    /// <summary>The resource of a group, version and plural; null when it is not served.</summary>
    public ServedResource? Find(string group, string version, string plural) => _served.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a group and plural in its first version; null when it is not served.</summary>
    public ServedResource? Find(string group, string plural) =>
        _served.Values.FirstOrDefault(r => r.Info.GroupVersion.Group == group && r.Info.Plural == plural);

    /// <summary>The resource of a kind; null when it is not served.</summary>
    public ServedResource? FindKind(GroupVersion groupVersion, string kind) =>
        _served.Values.FirstOrDefault(r => r.Info.GroupVersion == groupVersion && r.Info.Kind == kind);

    /// <summary>Serves a resource from now on.</summary>
    /// <exception cref="InvalidOperationException">It is served already.</exception>
    public void Add(ServedResource resource)
    {
        var key = KeyOf(resource);
        lock (_changing)
        {
            if (_served.ContainsKey(key))
                throw new InvalidOperationException($"{resource.Info.QualifiedPlural} {resource.Info.GroupVersion} is registered twice");
            _served = _served.Add(key, resource);
            Generation++;
        }
    }

    /// <summary>Serves some resources instead of some others from now on.</summary>
    public void Replace(IEnumerable<ServedResource> removed, IEnumerable<ServedResource> added)
    {
        lock (_changing)
        {
            var changed = _served.ToBuilder();
            foreach (var resource in removed)
                changed.Remove(KeyOf(resource));
            foreach (var resource in added)
                changed.TryAdd(KeyOf(resource), resource);
            _served = changed.ToImmutable();
            Generation++;
        }
    }

    private static (string Group, string Version, string Plural) KeyOf(ServedResource resource) =>
        (resource.Info.GroupVersion.Group, resource.Info.GroupVersion.Version, resource.Info.Plural);
}
