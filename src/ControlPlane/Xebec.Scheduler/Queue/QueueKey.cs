namespace Xebec.Scheduler.Queue;

/// <summary>What the active queue is sorted by; the sequence makes equal ones first in, first out.</summary>
internal readonly record struct QueueKey(int Priority, DateTimeOffset Timestamp, long Sequence);
