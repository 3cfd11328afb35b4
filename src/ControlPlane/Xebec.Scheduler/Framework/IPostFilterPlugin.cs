using Xebec.Scheduler.Cycle;

namespace Xebec.Scheduler.Framework;

/// <summary>Called when no node fits: may find a way to make room.</summary>
internal interface IPostFilterPlugin : IPlugin
{
    PostFilterResult PostFilter(FailedCycle cycle);
}
