using Xebec.Scheduler.Cache;

namespace Xebec.Scheduler.Framework;

/// <summary>Looks at the pod and all nodes once, before single nodes are filtered.</summary>
internal interface IPreFilterPlugin : IPlugin
{
    PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot);
}
