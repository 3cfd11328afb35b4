using System.Runtime.CompilerServices;
using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;

namespace Xebec.Client;

/// <summary>
/// The verbs of the API for any kind. In process or over HTTPS only the handler differs. Every call throws
/// <see cref="ApiErrorException"/> when the server refuses, <see cref="HttpRequestException"/> when it cannot be reached and
/// <see cref="TimeoutException"/> when it does not answer.
/// </summary>
public sealed partial class ApiClient : IDisposable
{
    private const string Json = "application/json";
    private readonly HttpMessageInvoker _invoker;
    private readonly ApiTransport _transport;

    /// <summary>A client over a given handler, for example the API server's in-process one.</summary>
    public ApiClient(HttpMessageInvoker invoker, ApiClientOptions options, TimeProvider time)
    {
        _invoker = invoker;
        _transport = new ApiTransport(invoker, options.BaseAddress, options.RequestTimeout, time, options.UserAgent, options.BearerToken);
    }

    /// <summary>A client of a remote server over HTTPS.</summary>
    public static ApiClient Connect(ApiClientOptions options, TimeProvider time) =>
        new(new HttpMessageInvoker(RemoteHandler.Create(options)), options, time);

    /// <summary>Any request, for example for a pod's log; the caller disposes the response, whose body may still be on its way.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte>? body = null, string mediaType = Json, string accept = Json,
            CancellationToken cancellation = default) =>
        _transport.OpenAsync(method, pathAndQuery, body is { } bytes ? new RequestBody(mediaType, bytes) : null, accept, cancellation);

    /// <summary>Reads one object; ns is empty for cluster-scoped kinds.</summary>
    public Task<T> GetAsync<T>(ResourceInfo resource, string ns, string name, CancellationToken cancellation = default)
        where T : IApiType<T> => SendAsync<T>(HttpMethod.Get, ApiPath.Of(resource, ns, name), null, Accept<T>.One, cancellation);

    /// <summary>Reads one subresource, for example the Scale of a Deployment.</summary>
    public Task<T> GetSubresourceAsync<T>(
        ResourceInfo resource, string ns, string name, string subresource, CancellationToken cancellation = default)
        where T : IApiType<T> => SendAsync<T>(HttpMethod.Get, ApiPath.Of(resource, ns, name, subresource), null, Json, cancellation);

    /// <summary>Lists objects of a namespace, or of all when ns is null or empty.</summary>
    public async Task<KubernetesList<T>> ListAsync<T>(
        ResourceInfo resource, string? ns, ListOptions? options = null, CancellationToken cancellation = default)
        where T : IApiType<T>
    {
        var body = await _transport.SendAsync(
            HttpMethod.Get, ApiPath.With(ApiPath.Of(resource, ns), options), null, Accept<T>.List, cancellation);
        return ListReader.Read<T>(body);
    }

    /// <summary>Changes as they happen, until the server ends the watch. The first failure to connect throws at the first event.</summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceInfo resource, string? ns, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
        where T : class, IApiType<T>
    {
        var path = ApiPath.With(ApiPath.Of(resource, ns), options);
        using var response = await _transport.OpenAsync(HttpMethod.Get, path, null, Accept<T>.One, cancellation);
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var watchEvent in WatchStream.ReadAsync<T>(stream, cancellation))
            yield return watchEvent;
    }

    /// <summary>Creates an object in a namespace and returns it as stored.</summary>
    public Task<T> CreateAsync<T>(
        ResourceInfo resource, string ns, T obj, WriteOptions? options = null, CancellationToken cancellation = default)
        where T : IApiType<T> =>
        SendAsync<T>(HttpMethod.Post, ApiPath.With(ApiPath.Of(resource, ns), options), RequestBody.Json(obj), Json, cancellation);

    /// <summary>Posts to a subresource, for example an Eviction or a TokenRequest.</summary>
    public Task<TResult> CreateSubresourceAsync<TBody, TResult>(
        ResourceInfo resource, string ns, string name, string subresource, TBody body, CancellationToken cancellation = default)
        where TBody : IApiType<TBody>
        where TResult : IApiType<TResult> =>
        SendAsync<TResult>(HttpMethod.Post, ApiPath.Of(resource, ns, name, subresource), RequestBody.Json(body), Json, cancellation);

    /// <summary>Replaces an object or, with a subresource such as status or finalize, that part of it.</summary>
    public Task<T> UpdateAsync<T>(
        ResourceInfo resource, T obj, string subresource = "", WriteOptions? options = null, CancellationToken cancellation = default)
        where T : IKubernetesObject, IApiType<T>
    {
        var path = ApiPath.Of(resource, obj.Metadata.Namespace, obj.Metadata.Name, subresource);
        return SendAsync<T>(HttpMethod.Put, ApiPath.With(path, options), RequestBody.Json(obj), Json, cancellation);
    }

    /// <summary>Patches an object or one of its subresources.</summary>
    public Task<T> PatchAsync<T>(
        ResourceInfo resource, string ns, string name, Patch patch, string subresource = "", WriteOptions? options = null,
            CancellationToken cancellation = default)
        where T : IApiType<T>
    {
        var path = ApiPath.With(ApiPath.Of(resource, ns, name, subresource), options);
        return SendAsync<T>(HttpMethod.Patch, path, new RequestBody(patch.MediaType, patch.Body), Accept<T>.One, cancellation);
    }

    /// <summary>Deletes an object; it may live on until its grace period ends and its finalizers are gone.</summary>
    public Task DeleteAsync(
        ResourceInfo resource, string ns, string name, DeleteOptions? options = null, CancellationToken cancellation = default) =>
        _transport.SendAsync(HttpMethod.Delete, ApiPath.Of(resource, ns, name), DeleteBody(options), Json, cancellation);

    /// <summary>Deletes all objects of a namespace that the list options select.</summary>
    public Task DeleteCollectionAsync(
        ResourceInfo resource, string ns, ListOptions? selection = null, DeleteOptions? options = null,
            CancellationToken cancellation = default) =>
        _transport.SendAsync(HttpMethod.Delete, ApiPath.With(ApiPath.Of(resource, ns), selection), DeleteBody(options), Json, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static RequestBody? DeleteBody(DeleteOptions? options)
    {
        if (options is null)
            return null;
        options.Kind = "DeleteOptions";
        options.ApiVersion = "v1";
        return RequestBody.Json(options);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, RequestBody? body, string accept, CancellationToken cancellation)
        where T : IApiType<T> =>
        ApiJson.Deserialize<T>(await _transport.SendAsync(method, path, body, accept, cancellation));
}
