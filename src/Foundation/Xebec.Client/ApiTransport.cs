using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xebec.Api;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>Sends requests, waits as the server asks (429 and 503 with Retry-After) and turns refusals into exceptions.</summary>
internal sealed class ApiTransport(
    HttpMessageInvoker invoker, Uri baseAddress, TimeSpan requestTimeout, TimeProvider time, string userAgent, Func<string?>? bearerToken)
{
    private const int MostTries = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task<byte[]> SendAsync(HttpMethod method, string path, RequestBody? body, string accept, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(requestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var response = await OpenAsync(method, path, body, accept, linked.Token);
            return await response.Content.ReadAsByteArrayAsync(linked.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} {path} took over {requestTimeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>The response as soon as its headers are there; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, RequestBody? body, string accept, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = NewRequest(method, path, body, accept);
            var response = await invoker.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.SwitchingProtocols)
                return response;
            var error = await ErrorAsync(response, cancellation);
            if (error.RetryAfter is not { } wait || attempt == MostTries || !MayRetry(error))
                throw error;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellation);
        }
    }

    private static bool MayRetry(ApiErrorException error) => error.IsTooManyRequests || error.Code >= 500;

    private HttpRequestMessage NewRequest(HttpMethod method, string path, RequestBody? body, string accept)
    {
        var request = new HttpRequestMessage(method, new Uri(baseAddress, path))
        {
            Version = baseAddress.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (bearerToken?.Invoke() is { Length: > 0 } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is { } content)
        {
            request.Content = new ReadOnlyMemoryContent(content.Utf8);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", content.MediaType);
        }

        return request;
    }

    private static async Task<ApiErrorException> ErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return new ApiErrorException(ReadStatus(body, response.StatusCode)) { RetryAfter = response.Headers.RetryAfter?.Delta };
        }
    }

    private static Status ReadStatus(byte[] body, HttpStatusCode code)
    {
        try
        {
            if (ApiJson.Deserialize<Status>(body) is { Kind: "Status" } status)
            {
                status.Code = status.Code == 0 ? (int)code : status.Code;
                return status;
            }
        }
        catch (JsonException)
        {
            // A proxy in between answered, in its own words.
        }

        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 1024)));
        return new Status { Code = (int)code, Message = $"the server answered {(int)code}: {text}" };
    }
}
