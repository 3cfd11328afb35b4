namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>One sandbox of the fake; changed under the runtime's lock.</summary>
internal sealed class FakeSandbox(string id, PodSandboxConfig config, DateTimeOffset createdAt, string? address)
{
    public string Id => id;
    public PodSandboxConfig Config => config;
    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>Null for a host-network pod, and once it is stopped.</summary>
    public string? Address { get; set; } = address;

    public PodSandboxState State { get; set; } = PodSandboxState.Ready;

    public PodSandbox ToListItem() => new(id, config.Metadata, State, createdAt)
    {
        Labels = config.Labels,
        Annotations = config.Annotations,
        RuntimeHandler = config.RuntimeHandler,
    };

    public PodSandboxStatus ToStatus() => new(id, config.Metadata, State, createdAt)
    {
        IpAddresses = Address is null ? [] : [Address],
        Namespaces = config.SecurityContext.Namespaces,
        Labels = config.Labels,
        Annotations = config.Annotations,
        RuntimeHandler = config.RuntimeHandler,
    };
}
