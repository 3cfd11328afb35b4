using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Aggregation;

/// <summary>The objects that a remote API's availability depends on, as they were when it was checked; equal while they are the same ones.</summary>
internal sealed class RemoteCheck
{
    private readonly CachedObject? _service;
    private readonly CachedObject[] _slices;

    private RemoteCheck(RemoteApi api, CachedObject? service, CachedObject[] slices) => (Api, _service, _slices) = (api, service, slices);

    public RemoteApi Api { get; }

    /// <summary>What the objects alone say; null when the server is to be asked.</summary>
    public Availability? Verdict =>
        Availability.OfObjects(Api.Backend, _service?.ToTree(), Array.ConvertAll<CachedObject, ObjectValue>(_slices, s => s.ToTree()));

    public static RemoteCheck Of(RemoteApi api, ResourceCatalog catalog)
    {
        var services = catalog.Find("", "v1", "services")!;
        var slices = catalog.Find("discovery.k8s.io", "v1", "endpointslices")!;
        var (snapshot, backend) = (slices.Cache.Snapshot, api.Backend);
        var (start, end) = snapshot.Objects.IsEmpty ? (0, 0) : snapshot.Find(slices.Prefix(backend.Namespace), null);
        return new RemoteCheck(
            api, services.Cache.Snapshot.Objects.GetValueOrDefault(services.Key(backend.Namespace, backend.Name)),
            [
                .. snapshot.Ordered[start..end]
                    .Where(s => s.Facts.Labels.GetValueOrDefault("kubernetes.io/service-name") == backend.Name),
            ]);
    }

    /// <summary>Nothing it depends on has changed; whether it is available now is no cause.</summary>
    public bool IsSame(RemoteCheck other) => Api.Backend == other.Api.Backend && Api.GroupVersion == other.Api.GroupVersion &&
        ReferenceEquals(_service, other._service) && _slices.AsSpan().SequenceEqual(other._slices);
}
