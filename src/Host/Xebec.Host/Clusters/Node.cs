using Microsoft.Extensions.Logging;
using Xebec.Client.Informers;
using Xebec.ComponentBase.Certificates;
using Xebec.Dns;
using Xebec.Proxy;

namespace Xebec.Host.Clusters;

/// <summary>The one place that puts a node together: what runs, in the order it starts.</summary>
internal static class Node
{
    public static IReadOnlyList<ComponentEntry> Components { get; } =
    [
        new("containerd", ContainerdComponent.StartAsync),
        BackgroundComponent.Entry("kubelet", RunKubeletAsync),
        BackgroundComponent.Entry("kube-proxy", RunProxyAsync),
        BackgroundComponent.Entry("dns", RunDnsAsync),
    ];

    private static async Task RunKubeletAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var node = context.State.NodeName;
        using var client = context.Clients.Connect("kubelet", ClusterProfiles.Kubelet(node), "kubelet");
        var kubelet = new Kubelet.Kubelet(
            NodeSettings.Kubelet(context), client, context.InProcess.Runtime!, context.TimeProvider, context.LoggerFactory);
        await kubelet.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunProxyAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        using var client = context.Clients.Connect("proxy", ClusterProfiles.Proxy, "kube-proxy");
        var informers = new InformerFactory(client, context.TimeProvider, context.LoggerFactory);
        var logger = context.LoggerFactory.CreateLogger<ServiceProxy>();
        await new ServiceProxy(informers, NodeSettings.Proxy(context.State), context.TimeProvider, logger)
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunDnsAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        using var client = context.Clients.Connect("dns", ClusterProfiles.Dns, "xebec-dns");
        var informers = new InformerFactory(client, context.TimeProvider, context.LoggerFactory);
        var logger = context.LoggerFactory.CreateLogger<ClusterDns>();
        await new ClusterDns(client, informers, NodeSettings.Dns(context.State), context.TimeProvider, logger)
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
