using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.FlowControl;

/// <summary>Estimates the seats of a request as upstream does: lists by what they load, writes by who watches, all others one. Pure.</summary>
internal static class WorkEstimator
{
    private const int MaximumSeats = 10;
    private const double BytesPerSeat = 100_000;
    private const long MaximumBytesAtOnce = 1_000_000;
    private const int SampledObjects = 16;
    private const int WatchesPerSeat = 10;
    private const double SecondsPerFinalSeat = 0.005;

    /// <summary>The estimate of a request; the resource is null when it is about none.</summary>
    public static WorkEstimate Of(RequestInfo info, ServedResource? resource, IQueryCollection query, int maximumSeats)
    {
        if (resource is null)
            return new WorkEstimate(1);
        return info.Verb switch
        {
            "list" => List(info, resource, query, maximumSeats),
            "watch" when query.TryGetValue("sendInitialEvents", out var send) && send == "true" => List(info, resource, query, maximumSeats),
            "create" or "update" or "patch" or "delete" => Write(resource.Cache.Watchers.Count),
            _ => new WorkEstimate(1),
        };
    }

    private static WorkEstimate List(RequestInfo info, ServedResource resource, IQueryCollection query, int maximumSeats)
    {
        var snapshot = resource.Cache.Snapshot;
        var count = info.Name.Length > 0 ? 1 : snapshot.Objects.Count;
        if (count == 0)
            return new WorkEstimate(1);
        if (query.Count > 0 && query.TryGetValue("limit", out var text) && int.TryParse(text, out var limit) && limit > 0)
            count = Math.Min(count, limit);
        var bytes = Math.Min(MaximumBytesAtOnce, count * AverageBytes(snapshot.Ordered));
        return new WorkEstimate(Bounded((int)Math.Ceiling(bytes / BytesPerSeat), maximumSeats));
    }

    private static long AverageBytes(WatchCache.CachedObject[] objects)
    {
        var (sum, step, samples) = (0L, Math.Max(1, objects.Length / SampledObjects), 0);
        for (var i = 0; i < objects.Length; i += step, samples++)
            sum += objects[i].Json.Length;
        return sum / Math.Max(1, samples);
    }

    /// <summary>A write of something with so many watchers.</summary>
    internal static WorkEstimate Write(int watchers) => watchers < WatchesPerSeat
        ? new WorkEstimate(1)
        : new WorkEstimate(1, (watchers + WatchesPerSeat - 1) / WatchesPerSeat * SecondsPerFinalSeat);

    private static int Bounded(int seats, int maximumSeats) => Math.Clamp(seats, 1, Math.Clamp(maximumSeats, 1, MaximumSeats));
}
