namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose updates must say which version they are of.</summary>
internal sealed class VersionedStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;
}
