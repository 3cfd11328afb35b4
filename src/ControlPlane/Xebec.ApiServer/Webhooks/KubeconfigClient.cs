using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Webhooks;

/// <summary>Posts reviews to the webhook that a kubeconfig leads to; a failed call is tried once more.</summary>
internal sealed class KubeconfigClient : IDisposable
{
    private const int MaximumAnswerBytes = 4 * 1024 * 1024;
    private readonly Uri _server;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private readonly AuthenticationHeaderValue? _authorization;

    public KubeconfigClient(KubeconfigTarget target, TimeSpan timeout, TimeProvider time)
    {
        (_server, _timeout, _time) = (target.Server, timeout, time);
        _authorization = target.Token.Length > 0 ? new AuthenticationHeaderValue("Bearer", target.Token) : null;
        var trust = new WebhookTrust(target.CaBundle, time);
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90) };
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => target.ClientCertificate!;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            trust.Check(target.ServerName, certificate, chain, errors);
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Posts a review and returns the one answered.</summary>
    /// <exception cref="WebhookCallException">There is no answer, or it is no review.</exception>
    public async Task<ObjectValue> PostAsync(ObjectValue review, CancellationToken cancellationToken)
    {
        var body = review.ToUtf8();
        try
        {
            return await SendAsync(body, cancellationToken);
        }
        catch (WebhookCallException e) when (e.Code is 0 or 429 or >= 500)
        {
            return await SendAsync(body, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<ObjectValue> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _server) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = _authorization;
            using var response = await _http.SendAsync(request, either.Token);
            await response.Content.LoadIntoBufferAsync(MaximumAnswerBytes, either.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (!response.IsSuccessStatusCode)
                throw new WebhookCallException($"Post \"{_server}\": the server answered {(int)response.StatusCode}") { Code = (int)response.StatusCode };
            return Value.Parse(answer) as ObjectValue ?? throw new WebhookCallException($"Post \"{_server}\": the answer is no object") { Code = 200 };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WebhookCallException($"Post \"{_server}\": context deadline exceeded");
        }
        catch (JsonException e)
        {
            throw new WebhookCallException($"Post \"{_server}\": the answer is not JSON: {e.Message}") { Code = (int)HttpStatusCode.OK };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            throw new WebhookCallException($"Post \"{_server}\": {ConnectionText.Of(e)}");
        }
    }
}
