namespace Xebec.Kubelet.PodWorkers;

/// <summary>What one round of a sync did: whether something changed, and when to come back for what did not work.</summary>
internal readonly record struct SyncResult(bool Progress, TimeSpan? RetryAfter);
