namespace Xebec.Scheduler.Framework;

/// <summary>What a plugin remembers of one pod's cycle, from PreFilter or PreScore on.</summary>
internal interface IStateData
{
    /// <summary>A copy that can change without the original: preemption tries things out on it.</summary>
    IStateData Clone();
}
