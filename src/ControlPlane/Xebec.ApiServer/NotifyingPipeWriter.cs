using System.IO.Pipelines;

namespace Xebec.ApiServer;

/// <summary>A pipe writer that says when the first bytes are flushed, which is when a response's head is final.</summary>
internal sealed class NotifyingPipeWriter(PipeWriter inner, Action onFlush) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        onFlush();
        return inner.FlushAsync(cancellationToken);
    }
}
