namespace Xebec.Host.Clusters;

/// <summary>
/// Compacts the heap and gives what is free back to the system when a burst of work is over: the collector by itself keeps room for the
/// next burst, which an idle cluster on somebody's laptop does not need.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly IdleMemoryPlan _plan = new(GC.GetTotalAllocatedBytes());
    private readonly ITimer _timer;

    public IdleMemory(TimeProvider timeProvider) =>
        _timer = timeProvider.CreateTimer(static self => ((IdleMemory)self!).Look(), this, Interval, Interval);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_plan.IsTime(GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: false)))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
