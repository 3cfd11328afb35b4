namespace Xebec.Client.Queues;

/// <summary>What a reconcile asks for next.</summary>
/// <param name="RequeueAfter">Reconcile again after this time; null when only a change calls for it.</param>
public readonly record struct ReconcileResult(TimeSpan? RequeueAfter)
{
    /// <summary>Nothing more to do until something changes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>Reconcile again after a time.</summary>
    public static ReconcileResult After(TimeSpan delay) => new(delay);
}
