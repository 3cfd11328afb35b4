using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Webhooks;

/// <summary>Posts JSON to one webhook over HTTPS and keeps its connections for the next call.</summary>
internal sealed class WebhookClient : IDisposable
{
    // A page of objects to convert is the largest answer there is.
    private const int MaximumResponseBytes = 64 * 1024 * 1024;

    private readonly WebhookClientConfig _config;
    private readonly ServiceResolver _services;
    private readonly KubeApiServerOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private int _users = 1;

    public WebhookClient(WebhookClientConfig config, ServiceResolver services, KubeApiServerOptions options, TimeProvider time)
    {
        (_config, _services, _options, _time) = (config, services, options, time);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            EnableMultipleHttp2Connections = true,
            SslOptions = TlsOptions(),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        });
    }

    /// <summary>Posts a JSON document and returns the JSON answered.</summary>
    /// <param name="body">The document.</param>
    /// <param name="timeout">When to give up; whole seconds, named in the URL.</param>
    /// <param name="cancellationToken">Ends the call without an answer.</param>
    /// <exception cref="WebhookCallException">It can't be reached, took too long or answered with a failure.</exception>
    public async Task<byte[]> PostAsync(ReadOnlyMemory<byte> body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!TryEnter())
        {
            // The configuration changed while a request still goes by the one before.
            using var last = new WebhookClient(_config, _services, _options, _time);
            return await last.PostAsync(body, timeout, cancellationToken);
        }

        try
        {
            return await SendAsync(body, timeout, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    private async Task<byte[]> SendAsync(ReadOnlyMemory<byte> body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var address = new Uri($"{_config.Address.AbsoluteUri}?timeout={(int)timeout.TotalSeconds}s");
        using var patience = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
                Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kube-apiserver-admission", null));
            using var response = await _http.SendAsync(request, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Failed(address, "context deadline exceeded");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed(address, ConnectionText.Of(e));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaximumResponseBytes)
            throw TooLarge();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(piece, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > MaximumResponseBytes)
                throw TooLarge();
            buffer.Write(piece, 0, read);
        }

        return response.IsSuccessStatusCode ? buffer.ToArray() : throw ResponseText.Failure((int)response.StatusCode, buffer.ToArray());
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint named, CancellationToken cancellationToken)
    {
        EndPoint target = _config.Service is { } service ? _services.Resolve(service.Namespace, service.Name, service.Port) : named;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(ConnectionText.Dial(target, e));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions TlsOptions()
    {
        var trust = new WebhookTrust(_config.CaBundle, _time);
        var serverName = _config.Address.Host;
        return new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => _options.ProxyClientCertificate?.Current.Certificate!,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trust.Check(serverName, certificate, chain, errors),
        };
    }

    private bool TryEnter()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _http.Dispose();
    }

    private static WebhookCallException Failed(Uri address, string why) => new($"Post \"{address.AbsoluteUri}\": {why}");

    private static WebhookCallException TooLarge() => new($"webhook response exceeds {MaximumResponseBytes} bytes");

    /// <summary>Closes the connections once the calls that run have ended. Only the owner calls it, once.</summary>
    public void Dispose() => Leave();
}
