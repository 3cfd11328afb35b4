namespace Xebec.ApiServer.Registry;

/// <summary>Kinds without a desired state of their own, which count no generations.</summary>
internal sealed class UncountedStrategy : ResourceStrategy
{
    /// <summary>A PUT to a name that does not exist creates it.</summary>
    public bool AllowsCreateOnUpdate { get; init; }

    /// <summary>An update says which version it is of.</summary>
    public bool NeedsVersion { get; init; }

    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => !NeedsVersion;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override bool AllowCreateOnUpdate => AllowsCreateOnUpdate;
}
