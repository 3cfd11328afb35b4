namespace Xebec.Kubelet.Runtime;

/// <summary>A runtime's refusal or failure; the message is the runtime's own and is fit for a pod's status or an event.</summary>
public sealed class RuntimeException(RuntimeErrorCode code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What kind of failure it is: what a caller branches on.</summary>
    public RuntimeErrorCode Code { get; } = code;
}
