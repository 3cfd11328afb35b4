namespace Xebec.Kubelet.Containers;

/// <summary>A container cannot be created as its spec says; the reason is shown as its waiting reason.</summary>
internal sealed class ContainerConfigException(string message, string reason = ContainerConfigException.CreateContainerConfigError)
    : Exception(message)
{
    public const string CreateContainerConfigError = nameof(CreateContainerConfigError);

    public string Reason { get; } = reason;
}
