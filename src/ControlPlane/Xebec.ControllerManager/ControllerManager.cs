using Microsoft.Extensions.Logging;
using Xebec.Client.Informers;
using Xebec.ControllerManager.Controllers.Deployments;
using Xebec.ControllerManager.Controllers.Endpoints;
using Xebec.ControllerManager.Controllers.EndpointSlices;
using Xebec.ControllerManager.Controllers.GarbageCollection;
using Xebec.ControllerManager.Controllers.Namespaces;
using Xebec.ControllerManager.Controllers.Nodes;
using Xebec.ControllerManager.Controllers.PodGarbageCollection;
using Xebec.ControllerManager.Controllers.ReplicaSets;
using Xebec.ControllerManager.Controllers.RootCertificates;
using Xebec.ControllerManager.Controllers.ServiceAccounts;
using Xebec.ControllerManager.Controllers.StorageProtection;

namespace Xebec.ControllerManager;

/// <summary>Runs every controller over one set of shared caches.</summary>
public sealed class ControllerManager(ControllerManagerOptions options)
{
    /// <summary>The controllers, by upstream's names, in the order in which they start.</summary>
    private static readonly (string Name, Func<ControllerContext, IController> Make)[] Controllers =
    [
        ("serviceaccount-controller", c => new ServiceAccountController(c)),
        ("root-ca-certificate-publisher-controller", c => new RootCertificateController(c)),
        ("namespace-controller", c => new NamespaceController(c)),
        ("replicaset-controller", c => new ReplicaSetController(c)),
        ("deployment-controller", c => new DeploymentController(c)),
        ("endpointslice-controller", c => new EndpointSliceController(c)),
        ("endpoints-controller", c => new EndpointsController(c)),
        ("node-lifecycle-controller", c => new NodeLifecycleController(c)),
        ("taint-eviction-controller", c => new TaintEvictionController(c)),
        ("pod-garbage-collector-controller", c => new PodGarbageCollector(c)),
        ("persistentvolumeclaim-protection-controller", c => new ClaimProtectionController(c)),
        ("persistentvolume-protection-controller", c => new VolumeProtectionController(c)),
        ("garbage-collector-controller", c => new GarbageCollector(c)),
    ];

    private static readonly TimeSpan RestartWait = TimeSpan.FromSeconds(1);
    private readonly ILogger _logger = options.Loggers.CreateLogger("Xebec.ControllerManager");

    /// <summary>The names of all controllers.</summary>
    public static IEnumerable<string> Names => Controllers.Select(c => c.Name);

    /// <summary>Runs until cancelled; a controller that fails is started again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var informers = new InformerFactory(options.Client, options.Time, options.Loggers);
        await using var context = new ControllerContext(options, informers);
        var made = Controllers.Select(c => (c.Name, Controller: c.Make(context))).ToArray();
        informers.Start(cancellation);
        await Task.WhenAll(made.Select(c => KeepRunningAsync(c.Name, c.Controller, cancellation)));
        await informers.StoppedAsync();
    }

    private async Task KeepRunningAsync(string name, IController controller, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await controller.RunAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                ControllerManagerLog.Failed(_logger, e, name);
                await Task.Delay(RestartWait, options.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
