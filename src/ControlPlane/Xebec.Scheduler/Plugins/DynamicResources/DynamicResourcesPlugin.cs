using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DynamicResources;

/// <summary>Refuses pods that use resource claims (KEP-4381), which no driver here could serve.</summary>
internal sealed class DynamicResourcesPlugin : IPreFilterPlugin, IPostFilterPlugin
{
    public const string PluginName = "DynamicResources";
    private static readonly Status CannotAllocate = Status.Unresolvable(PluginName, "cannot allocate all claims");

    public string Name => PluginName;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot) =>
        pod.Pod.Spec.ResourceClaims.Count == 0 ? PreFilterResult.Skip : new PreFilterResult(CannotAllocate);

    /// <summary>Upstream says this of every pod that does not fit, whether it uses claims or not.</summary>
    public PostFilterResult PostFilter(FailedCycle cycle) => PostFilterResult.None("no new claims to deallocate");
}
