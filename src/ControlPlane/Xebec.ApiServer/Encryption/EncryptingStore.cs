using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Encryption;

/// <summary>
/// A store whose values are encrypted on their way in and decrypted on their way out, so that everything above it has plain bytes. The
/// store beneath stays its owner's to dispose.
/// </summary>
internal sealed class EncryptingStore(IStore inner, EncryptionConfiguration configuration) : IStore
{
    private volatile EncryptionRules _rules = new(configuration);

    /// <summary>Takes over another configuration; what is stored is rewritten only when it is written.</summary>
    public void Use(EncryptionConfiguration changed) => _rules = new EncryptionRules(changed);

    /// <summary>Whether the key that writes now has not written what is stored.</summary>
    public async ValueTask<bool> IsStaleAsync(string key, CancellationToken cancellationToken) =>
        _rules.KeysOf(key) is { } keys && await inner.GetAsync(key, 0, cancellationToken) is { } entry && keys.IsStale(entry.Value.Span);

    /// <inheritdoc/>
    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default) => inner.GetCurrentRevisionAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        await inner.GetAsync(key, revision, cancellationToken) is { } entry ? Open(_rules, entry) : null;

    /// <inheritdoc/>
    public async ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default)
    {
        var range = await inner.RangeAsync(prefix, afterKey, limit, revision, cancellationToken);
        var rules = _rules;
        return range with { Entries = [.. range.Entries.Select(e => Open(rules, e))] };
    }

    /// <inheritdoc/>
    public async ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        Open(await inner.CreateAsync(key, Seal(key, value), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        Open(await inner.UpdateAsync(key, Seal(key, value), expectedModRevision, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        Open(await inner.DeleteAsync(key, expectedModRevision, finalValue is { } value ? Seal(key, value) : null, cancellationToken));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in inner.WatchAsync(prefix, afterRevision, cancellationToken))
        {
            var rules = _rules;
            yield return batch.Events.Count == 0 ? batch : batch with { Events = [.. batch.Events.Select(e => Open(rules, e))] };
        }
    }

    /// <inheritdoc/>
    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => inner.CompactAsync(revision, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ReadOnlyMemory<byte> Seal(string key, ReadOnlyMemory<byte> value) => _rules.KeysOf(key)?.Encrypt(value, key) ?? value;

    private WriteResult Open(WriteResult result) => result.Current is { } current ? result with { Current = Open(_rules, current) } : result;

    private static StoreEntry Open(EncryptionRules rules, StoreEntry entry) =>
        rules.KeysOf(entry.Key) is { } keys ? entry with { Value = Open(keys, entry.Key, entry.Value) } : entry;

    private static StoreEvent Open(EncryptionRules rules, StoreEvent change) =>
        rules.KeysOf(change.Key) is { } keys ? change with { Value = Open(keys, change.Key, change.Value) } : change;

    private static ReadOnlyMemory<byte> Open(EncryptionKeys keys, string key, ReadOnlyMemory<byte> stored)
    {
        try
        {
            return keys.Decrypt(stored, key);
        }
        catch (CryptographicException e)
        {
            return UnreadableValue.Because(e.Message);
        }
    }
}
