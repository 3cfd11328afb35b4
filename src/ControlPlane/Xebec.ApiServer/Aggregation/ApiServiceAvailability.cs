using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Aggregation;

/// <summary>
/// Finds out whether the servers of remote APIServices serve (upstream's available controller): by Service, EndpointSlices and an answer
/// of their discovery; again at every change, every thirty seconds, and sooner while one fails.
/// </summary>
internal sealed partial class ApiServiceAvailability(
    RemoteApis apis, RemoteDocuments documents, ResourceWriter writer, ResourceCatalog catalog, TimeProvider time, ILogger<ApiServiceAvailability> logger)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, (RemoteCheck Check, long When, bool Passed)> _checked = new(StringComparer.Ordinal);
    private TimeSpan _retry = ShortestRetry;

    /// <summary>Checks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = new Wakeup();
        ServedResource[] followed =
        [
            catalog.Find(ApiServiceObjects.Group, "v1", "apiservices")!, catalog.Find("", "v1", "services")!,
            catalog.Find("discovery.k8s.io", "v1", "endpointslices")!,
        ];
        foreach (var resource in followed)
            resource.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        using var timer = time.CreateTimer(static w => ((Wakeup)w!).Signal(), changed, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await CheckAllAsync(cancellationToken) is { } soon)
                timer.Change(soon, Timeout.InfiniteTimeSpan);
            await changed.WaitAsync();
        }

        foreach (var resource in followed)
            resource.Cache.Watchers.Remove(changed);
    }

    // When to look again without any change; null when there is nothing to look at.
    private async Task<TimeSpan?> CheckAllAsync(CancellationToken cancellationToken)
    {
        var all = apis.All;
        foreach (var gone in _checked.Keys.Except(all.Select(a => a.Name)).ToArray())
            _checked.Remove(gone);
        documents.Retain(all);
        var due = all.Select(a => RemoteCheck.Of(a, catalog)).Where(IsDue).ToArray();
        var results = await Task.WhenAll(due.Select(c => TryAsync(c, cancellationToken)));
        for (var i = 0; i < due.Length; i++)
            _checked[due[i].Api.Name] = (due[i], time.GetTimestamp(), results[i]);
        if (all.Count == 0)
            return null;
        var fails = _checked.Values.Any(c => !c.Passed);
        _retry = !fails ? ShortestRetry : due.Length == 0 || _retry >= Period ? _retry : _retry * 2;
        return fails ? _retry : Period;
    }

    private bool IsDue(RemoteCheck check) => !_checked.TryGetValue(check.Api.Name, out var last) || !last.Check.IsSame(check) ||
        time.GetElapsedTime(last.When) >= (last.Passed ? Period : _retry);

    private async Task<bool> TryAsync(RemoteCheck check, CancellationToken cancellationToken)
    {
        try
        {
            var found = check.Verdict ?? await AskAsync(check.Api, cancellationToken);
            if (found == Availability.Passed)
                await documents.RefreshAsync(check.Api, cancellationToken);
            else
                documents.MarkStale(check.Api);
            await WriteAsync(check.Api, found, cancellationToken);
            return found == Availability.Passed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(check.Api.Name, e);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Several at once, because behind a Service one of many may be down; a single good answer is enough.
    private async Task<Availability> AskAsync(RemoteApi api, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var asked = Enumerable.Range(0, Attempts).Select(_ => AskOnceAsync(api, either.Token)).ToList();
        string? why = null;
        while (asked.Count > 0)
        {
            var answered = await Task.WhenAny(asked);
            asked.Remove(answered);
            why = await answered;
            if (why is null)
                return Availability.Passed;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Availability.FailedDiscovery(why!);
    }

    // Null when it answers well. Whose certificate it has does not matter here: nothing is told, and nothing is believed.
    private async Task<string?> AskOnceAsync(RemoteApi api, CancellationToken cancellationToken)
    {
        var address = api.Backend.Origin + api.Path;
        try
        {
            using var request = RemoteDocuments.Request(HttpMethod.Get, address);
            using var answer = await apis.Client(api.Backend with { IsInsecure = true }).Http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"bad status from {address}: {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            return $"failing or missing response from {address}: Get \"{address}\": {ConnectionText.Of(e)}";
        }
        catch (OperationCanceledException)
        {
            return $"failing or missing response from {address}: Get \"{address}\": context deadline exceeded";
        }
    }

    private async Task WriteAsync(RemoteApi api, Availability found, CancellationToken cancellationToken)
    {
        var request = new WriteRequest
        {
            Resource = catalog.Find(ApiServiceObjects.Group, "v1", "apiservices")!,
            Namespace = "",
            Name = api.Name,
            Subresource = "status",
            User = UserInfo.Self,
            FieldManager = "kube-apiserver",
        };
        var now = ObjectMetadata.Timestamp(time.GetUtcNow());
        if (writer.Find(request)?.ToTree() is { } stored && ApiServiceObjects.WithCondition(stored, found.Status, found.Reason, found.Message, now) is not null)
        {
            await writer.UpdateAsync(
                request, tree => ApiServiceObjects.WithCondition(tree, found.Status, found.Reason, found.Message, now) ?? tree, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning, Message = "Checking an APIService failed; trying again apiService=\"{Name}\"")]
    private partial void LogFailed(string name, Exception exception);
}
