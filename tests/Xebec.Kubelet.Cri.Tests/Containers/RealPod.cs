using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>One test's pod on the real node, removed at the test's end.</summary>
internal sealed class RealPod(CriContainerRuntime runtime, PodSandboxConfig config, string id) : IAsyncDisposable
{
    public string Id => id;
    public PodSandboxConfig Config => config;

    public async Task<string> StartAsync(ContainerConfig container)
    {
        var containerId = await runtime.CreateContainerAsync(id, container, config);
        await runtime.StartContainerAsync(containerId);
        return containerId;
    }

    public async ValueTask DisposeAsync()
    {
        await runtime.StopPodSandboxAsync(id);
        await runtime.RemovePodSandboxAsync(id);
    }
}
