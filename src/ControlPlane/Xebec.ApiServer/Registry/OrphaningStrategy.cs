namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose dependents stay unless a delete says otherwise, as they did before there was a garbage collector.</summary>
internal sealed class OrphaningStrategy : ResourceStrategy
{
    /// <summary>What clients are told that do not say otherwise.</summary>
    public string? Warning { get; init; }

    /// <inheritdoc/>
    public override bool OrphansByDefault => true;

    /// <inheritdoc/>
    public override string? DefaultPropagationWarning => Warning;
}
