namespace Xebec.Kubelet.Images;

/// <summary>An image is not there; the reason is shown as the container's waiting reason.</summary>
internal sealed class ImagePullException(string reason, string message, TimeSpan retryAfter) : Exception(message)
{
    public string Reason { get; } = reason;

    public TimeSpan RetryAfter { get; } = retryAfter;
}
