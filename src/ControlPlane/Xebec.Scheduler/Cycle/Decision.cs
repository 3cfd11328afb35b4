using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>What became of one pod: a node, or why there is none and what would help.</summary>
/// <param name="NodeName">The chosen node; empty when none fits.</param>
/// <param name="EvaluatedNodes">How many nodes were filtered.</param>
/// <param name="FeasibleNodes">How many of them fit.</param>
/// <param name="NextStartNode">Where the next pod's search begins, so that all nodes get their turn.</param>
/// <param name="Diagnosis">Why none fits; null when one does.</param>
/// <param name="Preemption">The room that preempting makes, or a nomination to take back; null when there is neither.</param>
internal sealed record Decision(
    string NodeName, int EvaluatedNodes, int FeasibleNodes, int NextStartNode, Diagnosis? Diagnosis = null, PostFilterResult? Preemption = null);
