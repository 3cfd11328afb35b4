using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xebec.ComponentBase.Certificates;

namespace Xebec.Host.Clusters;

/// <summary>Requests of the command line to the API server, as the cluster's administrator.</summary>
internal sealed class ApiConnection : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);
    private readonly HttpClient _http;
    private readonly TimeProvider _timeProvider;

    public ApiConnection(Uri server, ClusterCertificates certificates, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificates.Authority.Root.Certificate);
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificates = [certificates.Get("admin", ClusterProfiles.Admin).Current.Certificate],
        };
        var handler = new SocketsHttpHandler { SslOptions = tls, UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Waits until /readyz says ok.</summary>
    /// <exception cref="HostException">It did not within the limit.</exception>
    public async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var (started, problem) = (_timeProvider.GetTimestamp(), "no answer");
        while (_timeProvider.GetElapsedTime(started) < limit)
        {
            problem = await ReadyProblemAsync(cancellationToken).ConfigureAwait(false);
            if (problem is null) return;
            await Task.Delay(RetryInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw new HostException($"the API server at {_http.BaseAddress} is not ready after {limit.TotalSeconds} s: {problem}");
    }

    /// <summary>Server-side apply of one object.</summary>
    public async Task ApplyAsync(string path, string yaml, CancellationToken cancellationToken)
    {
        using var content = new StringContent(yaml);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        var uri = new Uri($"{path}?fieldManager=xebec&force=true", UriKind.Relative);
        using var response = await _http.PatchAsync(uri, content, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        throw new HostException($"the API server refused {path}: {StatusMessage(body) ?? response.ReasonPhrase}");
    }

    /// <summary>Watches a collection until the condition holds for one of its objects.</summary>
    /// <exception cref="HostException">It did not within the limit.</exception>
    public async Task WatchUntilAsync(
        string collection, string fieldSelector, Func<JsonElement, bool> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var uri = new Uri($"{collection}?watch=true&fieldSelector={Uri.EscapeDataString(fieldSelector)}", UriKind.Relative);
        try
        {
            while (!await WatchOnceAsync(uri, condition, either.Token).ConfigureAwait(false))
                await Task.Delay(RetryInterval, _timeProvider, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new HostException($"{collection} {fieldSelector}: not ready after {limit.TotalSeconds} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> WatchOnceAsync(Uri uri, Func<JsonElement, bool> condition, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return false;
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                using var document = JsonDocument.Parse(line);
                if (condition(document.RootElement.GetProperty("object"))) return true;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server went away; the caller watches again until its limit.
        }

        return false;
    }

    private async Task<string?> ReadyProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK ? null : await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    private static string? StatusMessage(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("message", out var message) ? message.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
