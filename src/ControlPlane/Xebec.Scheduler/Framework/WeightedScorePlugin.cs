namespace Xebec.Scheduler.Framework;

/// <summary>A score plugin with its weight.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Weight">From 1 on.</param>
/// <param name="LocalSlot">Where its score is among the node-local ones; -1 when it is not node-local.</param>
internal sealed record WeightedScorePlugin(IScorePlugin Plugin, int Weight, int LocalSlot);
