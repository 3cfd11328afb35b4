namespace Xebec.Kubelet.Volumes;

/// <summary>A volume cannot be set up now; the message is shown as a FailedMount event.</summary>
internal sealed class VolumeException(string message) : Exception(message);
