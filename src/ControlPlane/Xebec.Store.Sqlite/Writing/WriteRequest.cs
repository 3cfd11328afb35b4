namespace Xebec.Store.Sqlite.Writing;

/// <summary>One request on its way through the writer; its task ends once the outcome is durable.</summary>
internal sealed class WriteRequest(
    WriteKind kind, string key, ReadOnlyMemory<byte>? value, long revision, CancellationToken cancellationToken)
    : TaskCompletionSource<WriteResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private WriteResult? _outcome;

    public WriteKind Kind => kind;

    public string Key => key;

    /// <summary>The value to store; for a deletion the one its event carries, null for the stored one.</summary>
    public ReadOnlyMemory<byte>? Value => value;

    /// <summary>The revision the key must have been last written at; for a compaction the one to forget up to.</summary>
    public long Revision => revision;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Notes the answer, which stays hidden until the transaction it depends on is durable.</summary>
    public void Decide(WriteResult outcome) => _outcome = outcome;

    /// <summary>Gives the answer.</summary>
    public void Complete()
    {
        if (_outcome is { } outcome)
            TrySetResult(outcome);
        else
            TrySetCanceled(cancellationToken);
    }
}
