using System.Collections.Concurrent;
using Xebec.Store.Sqlite.Database;

namespace Xebec.Store.Sqlite.Reading;

/// <summary>At most four read connections; a read borrows one for as long as it lasts.</summary>
internal sealed class ReaderPool(StoreFile file) : IAsyncDisposable
{
    private const int MaxReaders = 4;
    private readonly SemaphoreSlim _free = new(MaxReaders, MaxReaders);
    private readonly ConcurrentStack<Reader> _idle = [];
    private volatile bool _closed;

    /// <summary>Opens every connection now: an anonymous store's files can't be opened later.</summary>
    public void OpenAll()
    {
        for (var i = 0; i < MaxReaders; i++)
            _idle.Push(new Reader(file.OpenReader()));
    }

    public async ValueTask<Lease> BorrowAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _closed ? throw new StoreUnavailableException("the store is closed")
                : new Lease(this, _idle.TryPop(out var reader) ? reader : new Reader(file.OpenReader()));
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Waits for the reads that are under way, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < MaxReaders; i++)
            await _free.WaitAsync().ConfigureAwait(false);
        while (_idle.TryPop(out var reader))
            reader.Dispose();
        _free.Release(MaxReaders);
    }

    private void Return(Reader reader)
    {
        _idle.Push(reader);
        _free.Release();
    }

    /// <summary>A borrowed reader; disposing gives it back.</summary>
    internal readonly struct Lease(ReaderPool pool, Reader reader) : IDisposable
    {
        public Reader Reader => reader;

        public void Dispose() => pool.Return(reader);
    }
}
