using System.Runtime.CompilerServices;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Awaited, it continues on a thread of <see cref="LongAnswers"/>; at once and where it is while they are few.</summary>
internal readonly struct LongAnswerTurn : ICriticalNotifyCompletion
{
    /// <summary>There is nothing to wait for.</summary>
    public bool IsCompleted => !LongAnswers.AreMany;

    /// <summary>Itself.</summary>
    public LongAnswerTurn GetAwaiter() => this;

    /// <summary>Nothing.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => LongAnswers.Enqueue(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => LongAnswers.Enqueue(continuation);
}
