using Xebec.Api.Core.V1;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.SchedulingGates;

/// <summary>Holds a pod back while it has scheduling gates (KEP-3521).</summary>
internal sealed class SchedulingGatesPlugin : IPreEnqueuePlugin
{
    public const string PluginName = "SchedulingGates";

    public string Name => PluginName;

    public Status? PreEnqueue(Pod pod)
    {
        var gates = pod.Spec.SchedulingGates;
        return gates.Count == 0
            ? null
            : Status.Unresolvable(PluginName, $"waiting for scheduling gates: [{string.Join(' ', gates.Select(g => g.Name))}]");
    }
}
