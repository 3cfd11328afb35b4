namespace Xebec.Scheduler.Framework;

/// <summary>A part of the scheduling decision; what it takes part in are the other interfaces it implements.</summary>
internal interface IPlugin
{
    /// <summary>Upstream's name, as it is in metrics and configuration.</summary>
    string Name { get; }
}
