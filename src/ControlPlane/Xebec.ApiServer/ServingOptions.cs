namespace Xebec.ApiServer;

/// <summary>How much is served at once, how long a request may take, and how serving ends; the names and values of kube-apiserver's flags.</summary>
public sealed record ServingOptions
{
    /// <summary>Classify, queue and limit requests by FlowSchemas and PriorityLevelConfigurations; otherwise by two plain limits.</summary>
    public bool EnablePriorityAndFairness { get; init; } = true;

    /// <summary>Reading requests served at once; 0 for no limit.</summary>
    public int MaxRequestsInFlight { get; init; } = 400;

    /// <summary>Writing requests served at once; 0 for no limit.</summary>
    public int MaxMutatingRequestsInFlight { get; init; } = 200;

    /// <summary>How long a request that is not long-running may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The least time after which a watch without timeoutSeconds ends; some time up to its double is chosen.</summary>
    public TimeSpan MinRequestTimeout { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How long everything is still served, with /readyz failing, after the order to stop.</summary>
    public TimeSpan ShutdownDelayDuration { get; init; } = TimeSpan.Zero;

    /// <summary>The chance (0 to 0.02) that an HTTP/2 connection is told to go away with an answer, so that clients spread.</summary>
    public double GoawayChance { get; init; }
}
