using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.Client.Informers;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>Watches the metadata of custom resources for as long as each is served.</summary>
/// <param name="informers">Makes the informers.</param>
/// <param name="trim">Removes what need not stay in memory.</param>
/// <param name="changed">Told of every change: the resource, the object before and after.</param>
internal sealed class CustomResourceWatches(
    InformerFactory informers, Action<PartialObjectMetadata> trim,
    Action<ResourceInfo, PartialObjectMetadata?, PartialObjectMetadata?> changed)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<ResourceInfo, CancellationTokenSource> _running = [];
    private readonly List<Task> _tasks = [];
    private CancellationToken? _stopping;

    /// <summary>Begins to watch all that was added, until cancelled.</summary>
    public void Start(CancellationToken stopping)
    {
        lock (_changing)
        {
            _stopping = stopping;
            foreach (var resource in _running.Keys.ToArray())
                Run(resource);
        }
    }

    /// <summary>Watches a resource from now on.</summary>
    public void Add(ResourceInfo resource)
    {
        lock (_changing)
        {
            if (_stopping is null)
                _running[resource] = new CancellationTokenSource();
            else
                Run(resource);
        }
    }

    /// <summary>Watches a resource no longer; what was seen of it is gone.</summary>
    public void Remove(ResourceInfo resource)
    {
        lock (_changing)
        {
            if (_running.Remove(resource, out var stop))
                stop.Cancel();
            _tasks.RemoveAll(t => t.IsCompleted);
        }
    }

    /// <summary>Done when every watch has ended.</summary>
    public Task StoppedAsync()
    {
        lock (_changing)
            return Task.WhenAll(_tasks);
    }

    private void Run(ResourceInfo resource)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping!.Value);
        _running[resource] = stop;
        var informer = informers.OwnForMetadata(resource, trim);
        informer.AddHandler((old, now) => changed(resource, old, now));
        _tasks.Add(Task.Run(() => informer.RunAsync(stop.Token), CancellationToken.None));
    }
}
