namespace Xebec.Kubelet.Runtime;

/// <summary>One condition of the runtime; reason is CamelCase, message is for people, both empty when all is well.</summary>
public sealed record RuntimeCondition(string Type, bool Status, string Reason = "", string Message = "")
{
    /// <summary>The runtime is up and can run containers.</summary>
    public const string RuntimeReady = nameof(RuntimeReady);

    /// <summary>The pod network is configured.</summary>
    public const string NetworkReady = nameof(NetworkReady);
}
