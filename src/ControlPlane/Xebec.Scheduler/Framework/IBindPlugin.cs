namespace Xebec.Scheduler.Framework;

/// <summary>Carries a decision out.</summary>
internal interface IBindPlugin : IPlugin
{
    Task BindAsync(PodInfo pod, string nodeName, CancellationToken cancellation);
}
