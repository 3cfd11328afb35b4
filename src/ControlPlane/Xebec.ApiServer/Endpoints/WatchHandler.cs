using System.IO.Pipelines;
using System.Security.Cryptography;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// Serves one watch: what is there when asked for, then the shared event log from a position, until the client goes, the time is up
/// or the server stops. Bytes are written straight from the shared events.
/// </summary>
internal sealed class WatchHandler(
    CacheSet caches, ListReader lists, TimeSpan minimumLifetime, TimeProvider time, CancellationToken stopping)
{
    private const int FlushEveryBytes = 64 * 1024;
    private static readonly TimeSpan BookmarkPeriod = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(RequestContext request, ResponseFormat format)
    {
        var options = ListOptions.Read(request);
        var filter = ObjectFilter.Read(options, request.Resource, request.Info.Name);
        request.Http.Response.ContentType = format.WatchContentType;
        using var deadline = new CancellationTokenSource(Lifetime(options), time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource([deadline.Token, stopping, request.Aborted, request.Resource.Retired]);
        var watch = new WatchStream(request.Resource, request.Info.Namespace, format, filter, request.Http.Response.BodyWriter);
        try
        {
            await StreamAsync(watch, request, options, ending.Token);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            await EndAsync(watch, options);
        }
        catch (ApiException error) when (request.Http.Response.HasStarted)
        {
            // A webhook could not convert an object: the client is told in the stream, the answer has been 200 already.
            await FailAsync(watch, error, request.Aborted);
        }
    }

    private static async Task FailAsync(WatchStream watch, ApiException error, CancellationToken ending)
    {
        watch.WriteError(error);
        await watch.FlushAsync(ending);
    }

    // A client that asked for bookmarks gets one last, so that it resumes from here and not from its last event.
    private async Task EndAsync(WatchStream watch, ListOptions options)
    {
        if (options.AllowWatchBookmarks && watch.InitialEventsSent)
            watch.WriteBookmark(Math.Max(watch.Revision, 0), initialEventsEnd: false);
        await watch.FlushAsync(CancellationToken.None);
    }

    private TimeSpan Lifetime(ListOptions options) => options.TimeoutSeconds is > 0 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : minimumLifetime * (1 + RandomNumberGenerator.GetInt32(1000) / 1000.0);

    private async Task StreamAsync(WatchStream watch, RequestContext request, ListOptions options, CancellationToken ending)
    {
        var resource = request.Resource;
        var position = await StartAsync(watch, resource, options, ending);
        if (position is null)
            return;
        request.Seat?.Release();
        var wakeup = new Wakeup();
        using var timer = time.CreateTimer(static w => ((Wakeup)w!).Signal(), wakeup, BookmarkPeriod, BookmarkPeriod);
        await using var registration = ending.Register(static w => ((Wakeup)w!).Signal(), wakeup);
        resource.Cache.Watchers.Add(wakeup);
        try
        {
            await FollowAsync(watch, position, wakeup, options.AllowWatchBookmarks, ending);
        }
        finally
        {
            resource.Cache.Watchers.Remove(wakeup);
        }
    }

    private async Task FollowAsync(WatchStream watch, CacheEvent position, Wakeup wakeup, bool bookmarks, CancellationToken ending)
    {
        var nextBookmark = time.GetTimestamp();
        while (true)
        {
            // Taken before the log is read: every event up to it is in the log already, or is of another resource.
            var revision = caches.Revision;
            while (position.Next is { } next)
            {
                if (watch.NeedsPreparing)
                    await watch.PrepareAsync(next, ending);
                position = next;
                watch.Write(next);
                if (watch.PendingBytes > FlushEveryBytes)
                    await watch.FlushAsync(ending);
            }

            // Only now: a watch that ends still tells what has happened until then.
            ending.ThrowIfCancellationRequested();
            watch.Revision = Math.Max(watch.Revision, revision);
            if (bookmarks && time.GetElapsedTime(nextBookmark) >= BookmarkPeriod)
            {
                nextBookmark = time.GetTimestamp();
                watch.WriteBookmark(watch.Revision, initialEventsEnd: false);
            }

            await watch.FlushAsync(ending);
            await wakeup.WaitAsync();
        }
    }

    private async ValueTask<CacheEvent?> StartAsync(
        WatchStream watch, ServedResource resource, ListOptions options, CancellationToken ending)
    {
        if (options.SendInitialEvents == true || options.ResourceVersion is null or 0)
            return await StartWithStateAsync(watch, resource, options, ending);
        var from = options.ResourceVersion!.Value;
        watch.Revision = from;
        watch.InitialEventsSent = true;
        await watch.FlushAsync(ending);
        if (resource.Cache.PositionAfter(from) is { } position)
            return position;
        await FailAsync(watch, ApiErrors.ResourceVersionTooOld(from, resource.Cache.HistoryFloor), ending);
        return null;
    }

    private async ValueTask<CacheEvent> StartWithStateAsync(
        WatchStream watch, ServedResource resource, ListOptions options, CancellationToken ending)
    {
        var atLeast = options.ResourceVersion switch
        {
            null => await caches.WaitUntilFreshAsync(ending),
            0 => caches.Revision,
            var given => await lists.WaitForGivenAsync(given.Value, ending),
        };
        var (snapshot, position) = resource.Cache.Current();
        resource.Cache.Unreadable.CheckList(watch.Prefix);
        watch.Revision = Math.Max(atLeast, snapshot.Revision);
        var state = options.SendInitialEvents == false ? new CacheSnapshot(snapshot.Objects.Clear(), snapshot.Revision) : snapshot;
        await watch.WriteStateAsync(state, ending);
        watch.InitialEventsSent = true;
        if (options is { SendInitialEvents: true, AllowWatchBookmarks: true })
            watch.WriteBookmark(watch.Revision, initialEventsEnd: true);
        await watch.FlushAsync(ending);
        return position;
    }
}
