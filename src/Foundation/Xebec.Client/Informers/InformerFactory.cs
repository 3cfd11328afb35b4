using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;

namespace Xebec.Client.Informers;

/// <summary>Makes informers and shares them: asking twice for the same resource and options gives the same cache.</summary>
public sealed class InformerFactory(ApiClient client, TimeProvider time, ILoggerFactory loggers)
{
    private readonly Lock _adding = new();
    private readonly Dictionary<(
        Type, ResourceInfo, InformerOptions), (object Informer, Func<CancellationToken, Task> Run, Task Synced)> _informers = [];
    private readonly HashSet<object> _started = [];
    private readonly List<Task> _running = [];

    /// <summary>The informer of a kind. It lists nothing before <see cref="Start"/>.</summary>
    public SharedInformer<T> For<T>(InformerOptions? options = null)
        where T : class, IKubernetesObject<T> => For<T>(T.Resource, options, trim: null);

    /// <summary>The informer of a kind that keeps less than the whole objects; of several callers the first one's trim counts.</summary>
    public SharedInformer<T> For<T>(Action<T> trim)
        where T : class, IKubernetesObject<T> => For(T.Resource, null, trim);

    /// <summary>
    /// An informer of a resource's metadata that belongs to its caller: it runs until it is cancelled and is shared with nobody.
    /// </summary>
    public SharedInformer<PartialObjectMetadata> OwnForMetadata(ResourceInfo resource, Action<PartialObjectMetadata> trim)
    {
        var logger = loggers.CreateLogger("Xebec.Client.Informers");
        return new SharedInformer<PartialObjectMetadata>(
            new Reflector<PartialObjectMetadata>(client, resource, new InformerOptions(), trim, time, logger), logger);
    }

    /// <summary>The informer of any resource's metadata alone.</summary>
    /// <param name="resource">Which resource.</param>
    /// <param name="trim">Removes what need not stay in memory from each object; of several callers the first one's counts.</param>
    public SharedInformer<PartialObjectMetadata> ForMetadata(ResourceInfo resource, Action<PartialObjectMetadata>? trim = null) =>
        For(resource, null, trim);

    /// <summary>Starts every informer that is not running yet; those asked for later need another call.</summary>
    public void Start(CancellationToken cancellation)
    {
        lock (_adding)
        {
            foreach (var (informer, run, _) in _informers.Values)
            {
                if (_started.Add(informer))
                    _running.Add(Task.Run(() => run(cancellation), CancellationToken.None));
            }
        }
    }

    /// <summary>Done when every informer made so far has its first list.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellation)
    {
        lock (_adding)
            return Task.WhenAll(_informers.Values.Select(i => i.Synced)).WaitAsync(cancellation);
    }

    /// <summary>Done when every informer stopped after its cancellation.</summary>
    public Task StoppedAsync()
    {
        lock (_adding)
            return Task.WhenAll(_running);
    }

    private SharedInformer<T> For<T>(ResourceInfo resource, InformerOptions? options, Action<T>? trim)
        where T : class, IKubernetesObject, IApiType<T>
    {
        lock (_adding)
        {
            var key = (typeof(T), resource, options ?? new InformerOptions());
            if (_informers.TryGetValue(key, out var found))
                return (SharedInformer<T>)found.Informer;
            var logger = loggers.CreateLogger("Xebec.Client.Informers");
            var informer = new SharedInformer<T>(new Reflector<T>(client, resource, key.Item3, trim, time, logger), logger);
            _informers.Add(key, (informer, informer.RunAsync, informer.Synced));
            return informer;
        }
    }
}
