using Xebec.Client;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DefaultBinder;

/// <summary>Binds by the pods/binding subresource.</summary>
internal sealed class DefaultBinderPlugin(ApiClient client) : IBindPlugin
{
    public const string PluginName = "DefaultBinder";

    public string Name => PluginName;

    public Task BindAsync(PodInfo pod, string nodeName, CancellationToken cancellation) => client.BindAsync(pod.Pod, nodeName, cancellation);
}
