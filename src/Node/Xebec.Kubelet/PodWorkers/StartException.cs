using Xebec.Kubelet.Status;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>A container could not be started; when to try again, null for the worker's own back-off.</summary>
internal sealed class StartException(WaitReason reason, TimeSpan? retryAfter = null) : Exception(reason.Message)
{
    public WaitReason Reason { get; } = reason;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
