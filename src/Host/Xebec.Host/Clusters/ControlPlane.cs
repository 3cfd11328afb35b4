using Xebec.Client.Informers;
using Xebec.ComponentBase.Certificates;
using Xebec.ControllerManager;
using Xebec.Scheduler;

namespace Xebec.Host.Clusters;

/// <summary>The one place that puts the control plane together: what runs, in the order it starts.</summary>
internal static class ControlPlane
{
    public static IReadOnlyList<ComponentEntry> Components { get; } =
    [
        new("kube-apiserver", ApiServerComponent.StartAsync),
        .. ClientsOfApiServer,
    ];

    /// <summary>What runs over an API server that is there already.</summary>
    public static IReadOnlyList<ComponentEntry> ClientsOfApiServer =>
    [
        BackgroundComponent.Entry("kube-controller-manager", RunControllerManagerAsync),
        BackgroundComponent.Entry("kube-scheduler", RunSchedulerAsync),
    ];

    private static async Task RunControllerManagerAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        using var client = context.Clients.Connect("controller-manager", ClusterProfiles.ControllerManager, "kube-controller-manager");
        await new ControllerManager.ControllerManager(new ControllerManagerOptions
        {
            Client = client,
            Time = context.TimeProvider,
            Loggers = context.LoggerFactory,
            RootCertificateAuthorityPem = context.Certificates.Authority.Root.CertificatePem,
        }).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunSchedulerAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        using var client = context.Clients.Connect("scheduler", ClusterProfiles.Scheduler, "kube-scheduler");
        var informers = new InformerFactory(client, context.TimeProvider, context.LoggerFactory);
        var options = new KubeSchedulerOptions { Metrics = context.Metrics };
        await new KubeScheduler(client, informers, context.TimeProvider, context.LoggerFactory, options)
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
