using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Cycle;

/// <summary>Remembers verdicts for the pod signatures used last.</summary>
internal sealed class VerdictCache(Profile profile)
{
    private readonly RecentCache<NodeVerdicts> _recent = new(16);

    public NodeVerdicts For(string signature, int nodes)
    {
        var verdicts = _recent.Get(signature, () => new NodeVerdicts(profile));
        verdicts.Resize(nodes);
        return verdicts;
    }
}
