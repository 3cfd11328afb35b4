namespace Xebec.ApiServer.Admission.Policies;

/// <summary>A binding can't be applied as it is configured; the message is upstream's.</summary>
internal sealed class PolicyException(string message) : Exception(message);
