using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.DefaultBinder;
using Xebec.Scheduler.Plugins.DefaultPreemption;
using Xebec.Scheduler.Plugins.DynamicResources;
using Xebec.Scheduler.Plugins.ImageLocality;
using Xebec.Scheduler.Plugins.InterPodAffinity;
using Xebec.Scheduler.Plugins.NodeAffinity;
using Xebec.Scheduler.Plugins.NodeName;
using Xebec.Scheduler.Plugins.NodePorts;
using Xebec.Scheduler.Plugins.NodeResources;
using Xebec.Scheduler.Plugins.NodeUnschedulable;
using Xebec.Scheduler.Plugins.NodeVolumeLimits;
using Xebec.Scheduler.Plugins.PodTopologySpread;
using Xebec.Scheduler.Plugins.SchedulingGates;
using Xebec.Scheduler.Plugins.TaintToleration;
using Xebec.Scheduler.Plugins.VolumeBinding;
using Xebec.Scheduler.Plugins.VolumeRestrictions;
using Xebec.Scheduler.Plugins.VolumeZone;

namespace Xebec.Scheduler.Plugins;

/// <summary>Every plugin, in upstream's order and with upstream's weights. To add one, add its line here.</summary>
internal static class PluginTable
{
    public static readonly PluginRegistration[] Default =
    [
        new(SchedulingGatesPlugin.PluginName, 0, static _ => new SchedulingGatesPlugin()),
        new(NodeUnschedulablePlugin.PluginName, 0, static _ => new NodeUnschedulablePlugin()),
        new(NodeNamePlugin.PluginName, 0, static _ => new NodeNamePlugin()),
        new(TaintTolerationPlugin.PluginName, 3, static _ => new TaintTolerationPlugin()),
        new(NodeAffinityPlugin.PluginName, 2, static _ => new NodeAffinityPlugin()),
        new(NodePortsPlugin.PluginName, 0, static _ => new NodePortsPlugin()),
        new(NodeResourcesFitPlugin.PluginName, 1, static _ => new NodeResourcesFitPlugin()),
        new(VolumeRestrictionsPlugin.PluginName, 0, static _ => new VolumeRestrictionsPlugin()),
        new(NodeVolumeLimitsPlugin.PluginName, 0, static _ => new NodeVolumeLimitsPlugin()),
        new(VolumeBindingPlugin.PluginName, 0, static _ => new VolumeBindingPlugin()),
        new(VolumeZonePlugin.PluginName, 0, static _ => new VolumeZonePlugin()),
        new(PodTopologySpreadPlugin.PluginName, 2, static _ => new PodTopologySpreadPlugin()),
        new(InterPodAffinityPlugin.PluginName, 2, static _ => new InterPodAffinityPlugin()),
        new(DynamicResourcesPlugin.PluginName, 0, static _ => new DynamicResourcesPlugin()),
        new(DefaultPreemptionPlugin.PluginName, 0, static _ => new DefaultPreemptionPlugin()),
        new(NodeResourcesBalancedAllocationPlugin.PluginName, 1, static _ => new NodeResourcesBalancedAllocationPlugin()),
        new(ImageLocalityPlugin.PluginName, 1, static _ => new ImageLocalityPlugin()),
        new(DefaultBinderPlugin.PluginName, 0, static client => new DefaultBinderPlugin(client!)),
    ];
}
