using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.ApiMachinery.Resources;

namespace Xebec.Client.Informers;

/// <summary>
/// Fills an informer's cache: lists in pages, then watches; resumes or lists again as the failure asks. It takes no quiet connection for
/// a good one: a watch has a deadline of its own, and one that ended early may have left a server behind whose store was put back to an
/// older state, which a watch alone would never tell.
/// </summary>
internal sealed class Reflector<T>(
    ApiClient client, ResourceInfo resource, InformerOptions options, Action<T>? trim, TimeProvider time, ILogger logger)
    where T : class, IKubernetesObject, IApiType<T>
{
    private const int PageSize = 1000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeoutSlack = TimeSpan.FromSeconds(30);

    private readonly SharedTexts _namespaces = new();

    /// <summary>Where the watch goes on; null when the next step is a list.</summary>
    private string? _resourceVersion;
    private bool _isServerUnknown;
    private bool _areVersionsReused;
    private int _failures;

    public async Task RunAsync(SharedInformer<T> informer, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (_isServerUnknown)
                    await RecognizeServerAsync(cancellation);
                if (_resourceVersion is null)
                    await ListAsync(informer, cancellation);
                if (await WatchAsync(informer, cancellation))
                {
                    _failures = 0;
                    continue;
                }

                _failures++;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e);
            }

            await WaitAsync(cancellation);
        }
    }

    /// <summary>What cannot be resumed is listed again: an expired version, a refusal, a frame that cannot be read.</summary>
    private void Failed(Exception e)
    {
        _failures++;
        _isServerUnknown = true;
        if (e is JsonException or ApiErrorException { Code: < 500, IsTooManyRequests: false } or InvalidOperationException)
            _resourceVersion = null;
        if (e is ApiErrorException { IsExpired: true })
            InformerLog.Expired(logger, resource, e.Message);
        else
            InformerLog.Interrupted(logger, resource, _failures, e.Message);
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        var wait = Backoff.After(_failures, FirstWait, LongestWait, Random.Shared.NextDouble());
        await Task.Delay(wait, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// A server that answers with an older version than the one known has lost what came after it: the watch would wait for versions
    /// that come again with other content. Versions of one resource are comparable numbers (KEP-5504).
    /// </summary>
    private async Task RecognizeServerAsync(CancellationToken cancellation)
    {
        if (_resourceVersion is { } known)
        {
            var first = await client.ListAsync<T>(resource, options.Namespace, FirstPage with { Limit = 1 }, cancellation);
            if (ulong.TryParse(known, out var ours) && ulong.TryParse(first.ResourceVersion, out var theirs) && theirs < ours)
            {
                InformerLog.WentBack(logger, resource, ours, theirs);
                (_resourceVersion, _areVersionsReused) = (null, true);
            }
        }

        _isServerUnknown = false;
    }

    private async Task ListAsync(SharedInformer<T> informer, CancellationToken cancellation)
    {
        var all = new List<T>();
        var page = FirstPage;
        while (true)
        {
            var part = await PageAsync(page, cancellation);
            if (part is null)
            {
                // Listing took longer than the server keeps a version: all at once, then.
                all.Clear();
                page = FirstPage with { Limit = 0 };
                continue;
            }

            part.Items.ForEach(Trim);
            all.AddRange(part.Items);
            if (part.Continue.Length == 0)
            {
                informer.Replace(all, _areVersionsReused);
                (_resourceVersion, _areVersionsReused, _isServerUnknown) = (part.ResourceVersion, false, false);
                return;
            }

            page = page with { Continue = part.Continue };
        }
    }

    private ListOptions FirstPage =>
        new() { LabelSelector = options.LabelSelector, FieldSelector = options.FieldSelector, Limit = PageSize };

    /// <summary>One page; null when the place where it goes on has expired.</summary>
    private async Task<KubernetesList<T>?> PageAsync(ListOptions page, CancellationToken cancellation)
    {
        try
        {
            return await client.ListAsync<T>(resource, options.Namespace, page, cancellation);
        }
        catch (ApiErrorException e) when (e.IsExpired && page.Continue.Length > 0)
        {
            InformerLog.Expired(logger, resource, e.Message);
            return null;
        }
    }

    /// <summary>True when the watch ended as it should: after its timeout, or having brought something.</summary>
    private async Task<bool> WatchAsync(SharedInformer<T> informer, CancellationToken cancellation)
    {
        var timeoutSeconds = Random.Shared.Next(300, 600);
        var started = time.GetTimestamp();
        using var halfOpen = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds) + TimeoutSlack, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, halfOpen.Token);
        var watch = client.WatchAsync<T>(resource, options.Namespace, Options(timeoutSeconds), either.Token);
        var events = 0;
        await foreach (var change in watch)
        {
            if (change.Error is { } error)
                throw new ApiErrorException(error);
            Handle(informer, change);
            if (change.Type == WatchEventType.Bookmark)
                continue;
            _failures = 0;
            events++;
        }

        var lasted = time.GetElapsedTime(started);
        _isServerUnknown = lasted < TimeSpan.FromSeconds(timeoutSeconds);
        return events > 0 || lasted >= ShortWatch;
    }

    private WatchOptions Options(int timeoutSeconds) => new()
    {
        LabelSelector = options.LabelSelector,
        FieldSelector = options.FieldSelector,
        ResourceVersion = _resourceVersion!,
        TimeoutSeconds = timeoutSeconds,
        AllowWatchBookmarks = true,
    };

    private void Handle(SharedInformer<T> informer, WatchEvent<T> change)
    {
        if (change.Type != WatchEventType.Bookmark)
        {
            Trim(change.Object!);
            informer.Apply(change);
        }

        _resourceVersion = change.Object!.Metadata.ResourceVersion;
    }

    /// <summary>No component reads managedFields, often the largest part of an object; an update without them keeps the server's.</summary>
    private void Trim(T obj)
    {
        obj.Metadata.ManagedFields = null!;
        obj.Metadata.Namespace = _namespaces.Share(obj.Metadata.Namespace);
        trim?.Invoke(obj);
    }
}
