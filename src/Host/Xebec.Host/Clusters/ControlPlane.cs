using Xebec.ComponentBase.Certificates;
using Xebec.ControllerManager;

namespace Xebec.Host.Clusters;

/// <summary>The one place that puts the control plane together: what runs, in the order it starts.</summary>
internal static class ControlPlane
{
    public static IReadOnlyList<ComponentEntry> Components { get; } =
    [
        new("kube-apiserver", ApiServerComponent.StartAsync),
        BackgroundComponent.Entry("kube-controller-manager", RunControllerManagerAsync),
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
}
