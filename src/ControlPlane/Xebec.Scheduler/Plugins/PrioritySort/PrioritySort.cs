using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler.Plugins.PrioritySort;

/// <summary>Pods of higher priority first, then those that have waited longer.</summary>
internal sealed class PrioritySort : IComparer<QueueKey>
{
    public static readonly PrioritySort Instance = new();

    public int Compare(QueueKey left, QueueKey right)
    {
        var byPriority = right.Priority.CompareTo(left.Priority);
        if (byPriority != 0)
            return byPriority;
        var byTime = left.Timestamp.CompareTo(right.Timestamp);
        return byTime != 0 ? byTime : left.Sequence.CompareTo(right.Sequence);
    }
}
