namespace Xebec.Host.Progress;

/// <summary>A stage that is under way.</summary>
internal interface IStage
{
    /// <summary>Shows what the stage is doing now.</summary>
    void Say(string text);
}
