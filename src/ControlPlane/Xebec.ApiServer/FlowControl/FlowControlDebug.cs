using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>/debug/api_priority_and_fairness: levels, queues and waiting requests as tables of comma-separated text, as upstream dumps them.</summary>
internal sealed class FlowControlDebug(FlowController controller, TimeProvider time)
{
    private const string Prefix = "/debug/api_priority_and_fairness/";

    /// <summary>Registers the three paths.</summary>
    public void AddTo(NonResourceEndpoints others)
    {
        others.Add(Prefix + "dump_priority_levels", http => WriteAsync(http, Levels()));
        others.Add(Prefix + "dump_queues", http => WriteAsync(http, Queues()));
        others.Add(Prefix + "dump_requests", http => WriteAsync(http, Requests()));
    }

    private string Levels()
    {
        var text = new StringBuilder(
            "PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests, ExecutingRequests, DispatchedRequests, RejectedRequests, " +
            "TimedoutRequests, CancelledRequests\n");
        foreach (var level in controller.Configuration.Levels)
        {
            var (active, waiting, executing) = level.Inspect(s => (s.Queues.Queues.Count(q => q.IsActive), s.Queues.WaitingCount, s.Executing));
            var totals = level.Inspect(_ => level.Totals);
            text.Append(CultureInfo.InvariantCulture, $"{level.Name}, {active}, {Word(waiting + executing == 0)}, false, {waiting}, {executing}, ")
                .Append(CultureInfo.InvariantCulture, $"{totals.Dispatched}, {totals.Rejected}, {totals.TimedOut}, {totals.Cancelled}\n");
        }

        return text.ToString();
    }

    private string Queues()
    {
        var text = new StringBuilder("PriorityLevelName, Index, PendingRequests, ExecutingRequests, SeatsInUse, NextDispatchR, SeatsWaiting\n");
        foreach (var level in controller.Configuration.Levels)
        {
            var rows = level.Inspect(s => s.Queues.Queues.Select(q => string.Create(
                CultureInfo.InvariantCulture,
                $"{level.Name}, {q.Index}, {q.Waiting.Count}, {q.Executing}, {q.SeatsInUse}, {q.NextStart:F6}ss, {q.SeatsWaiting}\n"))
                .ToArray());
            text.AppendJoin("", rows);
        }

        return text.ToString();
    }

    private string Requests()
    {
        var text = new StringBuilder("PriorityLevelName, FlowSchemaName, QueueIndex, RequestIndexInQueue, FlowDistingsher, ArriveTime, InitialSeats\n");
        var (now, wall) = (time.GetTimestamp(), time.GetUtcNow());
        foreach (var level in controller.Configuration.Levels)
        {
            var rows = level.Inspect(s => s.Queues.Queues.SelectMany(q => q.Waiting.Select((w, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"{level.Name}, {w.Schema.Schema.Name}, {q.Index}, {i}, {w.Schema.Schema.FlowOf(w.Info, w.User)}, " +
                $"{wall - time.GetElapsedTime(w.Arrived, now):O}, {w.Seats}\n")))
                .ToArray());
            text.AppendJoin("", rows);
        }

        return text.ToString();
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    private static Task WriteAsync(HttpContext http, string text) => Responses.WriteTextAsync(http, text);
}
