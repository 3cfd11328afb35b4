using Xebec.Api.Coordination.V1;

namespace Xebec.Client.LeaderElection;

/// <summary>Decides from the Lease as it was last seen changing; clocks of different machines are never compared.</summary>
internal static class LeaseRecord
{
    /// <summary>Whether the lease may be taken or renewed by us now.</summary>
    public static bool MayTake(LeaseSpec observed, TimeSpan sinceItChanged, LeaderElectionOptions options) =>
        string.IsNullOrEmpty(observed.HolderIdentity) ||
        observed.HolderIdentity == options.Identity ||
        sinceItChanged >= TimeSpan.FromSeconds(observed.LeaseDurationSeconds ?? (int)options.LeaseDuration.TotalSeconds);

    /// <summary>The lease when we hold it from now on.</summary>
    public static LeaseSpec Held(LeaseSpec? observed, LeaderElectionOptions options, DateTimeOffset now)
    {
        var renews = observed?.HolderIdentity == options.Identity;
        return new LeaseSpec
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
            AcquireTime = renews ? observed!.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = observed is null ? 0 : (observed.LeaseTransitions ?? 0) + (renews ? 0 : 1),
        };
    }

    /// <summary>The lease when nobody holds it, so that the next one need not wait.</summary>
    public static LeaseSpec Released(LeaseSpec observed, DateTimeOffset now) => new()
    {
        HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = now, RenewTime = now, LeaseTransitions = observed.LeaseTransitions,
    };
}
