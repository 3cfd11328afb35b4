using System.Text;
using System.Text.Json;
using Xebec.Client;
using Xebec.ComponentBase.Certificates;

namespace Xebec.Host.Clusters;

/// <summary>What the command line asks of the API server, as the cluster's administrator.</summary>
internal sealed class ApiConnection(Uri server, ClusterCertificates certificates, TimeProvider timeProvider) : IDisposable
{
    private const string Json = "application/json";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);
    private readonly ApiClient _client =
        new ClusterClients(server, certificates, new InProcessParts(), timeProvider).ConnectRemote("admin", ClusterProfiles.Admin, "xebec");

    /// <summary>Waits until /readyz says ok.</summary>
    /// <exception cref="HostException">It did not within the limit.</exception>
    public async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var (started, problem) = (timeProvider.GetTimestamp(), "no answer");
        while (timeProvider.GetElapsedTime(started) < limit)
        {
            problem = await ReadyProblemAsync(cancellationToken).ConfigureAwait(false);
            if (problem is null) return;
            await Task.Delay(RetryInterval, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw new HostException($"the API server at {server} is not ready after {limit.TotalSeconds} s: {problem}");
    }

    /// <summary>Server-side apply of one object.</summary>
    /// <exception cref="HostException">The server refused it; the message is its Status's.</exception>
    public async Task ApplyAsync(string path, string yaml, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.SendAsync(
                HttpMethod.Patch, $"{path}?fieldManager=xebec&force=true", Encoding.UTF8.GetBytes(yaml), "application/apply-patch+yaml",
                Json, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiErrorException exception)
        {
            throw new HostException($"the API server refused {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Watches a collection until the condition holds for one of its objects.</summary>
    /// <exception cref="HostException">It did not within the limit.</exception>
    public async Task WatchUntilAsync(
        string collection, string fieldSelector, Func<JsonElement, bool> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var path = $"{collection}?watch=true&fieldSelector={Uri.EscapeDataString(fieldSelector)}";
        try
        {
            while (!await WatchOnceAsync(path, condition, either.Token).ConfigureAwait(false))
                await Task.Delay(RetryInterval, timeProvider, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new HostException($"{collection} {fieldSelector}: not ready after {limit.TotalSeconds} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> WatchOnceAsync(string path, Func<JsonElement, bool> condition, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.SendAsync(HttpMethod.Get, path, cancellation: cancellationToken).ConfigureAwait(false);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                using var document = JsonDocument.Parse(line);
                if (condition(document.RootElement.GetProperty("object"))) return true;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ApiErrorException)
        {
            // The server went away, or does not know the kind yet; the caller watches again until its limit.
        }

        return false;
    }

    private async Task<string?> ReadyProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.SendAsync(HttpMethod.Get, "/readyz", cancellation: cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiErrorException)
        {
            return exception.Message;
        }
    }
}
