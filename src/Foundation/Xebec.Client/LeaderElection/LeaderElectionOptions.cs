namespace Xebec.Client.LeaderElection;

/// <summary>Who competes for which Lease, and how fast; the times are upstream's defaults.</summary>
public sealed class LeaderElectionOptions
{
    /// <summary>The Lease's namespace.</summary>
    public string Namespace { get; init; } = "kube-system";

    /// <summary>The Lease's name, for example kube-scheduler.</summary>
    public required string Name { get; init; }

    /// <summary>This competitor; unique among all.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last renewal before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it gives up.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
