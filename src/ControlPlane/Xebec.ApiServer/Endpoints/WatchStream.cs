using System.IO.Pipelines;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The writing side of one watch: turns changes of the resource into what the client's selector makes of them.</summary>
internal sealed class WatchStream(ServedResource resource, string ns, ResponseFormat format, ObjectFilter filter, PipeWriter output)
{
    private readonly FrameBuffer _frames = new(output);
    private readonly bool _everything = filter.IsEmpty && (ns.Length == 0 || !resource.Info.Namespaced);

    /// <summary>How the keys begin that it is about.</summary>
    public string Prefix { get; } = resource.Prefix(ns);

    /// <summary>Everything up to this revision has been sent.</summary>
    public long Revision { get; set; }

    /// <summary>The state at the start has been sent, so a bookmark is true.</summary>
    public bool InitialEventsSent { get; set; }

    /// <summary>Bytes written since the last flush.</summary>
    public long PendingBytes => _frames.Length + (output.CanGetUnflushedBytes ? output.UnflushedBytes : 0);

    /// <summary>Whether changes need <see cref="PrepareAsync"/> before they can be written.</summary>
    public bool NeedsPreparing { get; } = resource.Conversion is not null;

    /// <summary>Makes a change ready to be written.</summary>
    public async ValueTask PrepareAsync(CacheEvent change, CancellationToken cancellationToken)
    {
        await resource.PrepareAsync(change.Current, cancellationToken);
        if (change.Previous is { } previous && !filter.IsEmpty)
            await resource.PrepareAsync(previous, cancellationToken);
    }

    /// <summary>Writes a change, if the client is to see it.</summary>
    public void Write(CacheEvent change)
    {
        if (change.Revision <= Revision)
            return;
        Revision = change.Revision;
        if (TypeFor(change) is { } type)
            format.WriteEvent(_frames, resource, type, ObjectOf(change, type));
    }

    // What no longer matches is deleted as it was when it did, at the revision of the change: a selector never shows what it does not select.
    private CachedObject ObjectOf(CacheEvent change, string type)
    {
        if (type != "DELETED" || change.Type == StoreEventType.Deleted)
            return resource.Serve(change.Current);
        var last = resource.Serve(change.Previous!);
        return new CachedObject(change.Current, ResourceVersionSplice.Replace(last.Json, change.Revision));
    }

    /// <summary>Writes the objects there are as ADDED.</summary>
    public async ValueTask WriteStateAsync(CacheSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (start, end) = snapshot.Find(Prefix, null);
        await resource.PrepareAsync(snapshot.Ordered.AsMemory(start, end - start), cancellationToken);
        for (var i = start; i < end; i++)
        {
            if (filter.IsEmpty || filter.Matches(snapshot.Ordered[i]))
                format.WriteEvent(_frames, resource, "ADDED", resource.Serve(snapshot.Ordered[i]));
            if (PendingBytes > 256 * 1024)
                await FlushAsync(cancellationToken);
        }
    }

    public void WriteBookmark(long revision, bool initialEventsEnd) => format.WriteBookmark(_frames, resource, revision, initialEventsEnd);

    public void WriteError(ApiException error) => format.WriteError(_frames, StatusJson.Failure(error));

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _frames.Commit();
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted)
            throw new OperationCanceledException("the client is gone");
    }

    // An object that comes to match is added for this client, one that no longer matches is deleted.
    private string? TypeFor(CacheEvent change)
    {
        if (_everything)
            return change.Type switch { StoreEventType.Created => "ADDED", StoreEventType.Deleted => "DELETED", _ => "MODIFIED" };
        if (!change.Current.Key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var before = change.Previous is not null && filter.Matches(change.Previous);
        var now = change.Type != StoreEventType.Deleted && filter.Matches(change.Current);
        return (before, now) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
    }
}
