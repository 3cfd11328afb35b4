using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>An administrator's connections to whatever port the server has in this life; a request ends with null when they break.</summary>
internal sealed class CrashClient(ClusterCertificates certificates, int port) : IDisposable
{
    public const string Path = "/api/v1/namespaces/default/configmaps";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [certificates.Get("admin", ClusterProfiles.Admin).Current.Certificate],
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate!.Issuer == certificates.Authority.Root.Certificate.Subject,
        },
    })
    {
        BaseAddress = new Uri($"https://127.0.0.1:{port}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The code and body of an answer that arrived whole.</summary>
    public async Task<(int Code, byte[] Body)?> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>The lines of a watch from a revision, until the connection breaks; a line cut short is not given.</summary>
    public async IAsyncEnumerable<string> WatchAsync(long resourceVersion)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?watch=true&resourceVersion={resourceVersion}");
        using var response = await OrNullAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        if (response is null)
            yield break;
        using var lines = new LineReader(await response.Content.ReadAsStreamAsync());
        while (await OrNullAsync(lines.ReadAsync) is { } line)
            yield return line;
    }

    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read) where T : class?
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
