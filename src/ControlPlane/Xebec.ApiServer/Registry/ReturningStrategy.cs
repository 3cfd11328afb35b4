namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose delete answers with the object deleted, and of which few count generations (upstream's choice, kind by kind).</summary>
internal sealed class ReturningStrategy : ResourceStrategy
{
    /// <summary>Whether the kind counts generations.</summary>
    public bool IsCounted { get; init; }

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => IsCounted;
}
