using Xebec.Api;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <content>The verbs for kinds known at compile time.</content>
public sealed partial class ApiClient
{
    /// <summary>Reads one object; ns is empty for cluster-scoped kinds.</summary>
    public Task<T> GetAsync<T>(string ns, string name, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => GetAsync<T>(T.Resource, ns, name, cancellation);

    /// <summary>Lists objects of a namespace, or of all when ns is null or empty.</summary>
    public Task<KubernetesList<T>> ListAsync<T>(string? ns = null, ListOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => ListAsync<T>(T.Resource, ns, options, cancellation);

    /// <summary>Changes as they happen, until the server ends the watch.</summary>
    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(string? ns, WatchOptions options, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => WatchAsync<T>(T.Resource, ns, options, cancellation);

    /// <summary>Creates an object in the namespace that its metadata names and returns it as stored.</summary>
    public Task<T> CreateAsync<T>(T obj, WriteOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => CreateAsync(T.Resource, obj.Metadata.Namespace, obj, options, cancellation);

    /// <summary>Replaces an object; a resourceVersion in it must still be the current one.</summary>
    public Task<T> UpdateAsync<T>(T obj, WriteOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => UpdateAsync(T.Resource, obj, "", options, cancellation);

    /// <summary>Replaces an object's status.</summary>
    public Task<T> UpdateStatusAsync<T>(T obj, WriteOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => UpdateAsync(T.Resource, obj, "status", options, cancellation);

    /// <summary>Patches an object or one of its subresources.</summary>
    public Task<T> PatchAsync<T>(string ns, string name, Patch patch, string subresource = "", WriteOptions? options = null,
        CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => PatchAsync<T>(T.Resource, ns, name, patch, subresource, options, cancellation);

    /// <summary>Deletes an object; it may live on until its grace period ends and its finalizers are gone.</summary>
    public Task DeleteAsync<T>(string ns, string name, DeleteOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => DeleteAsync(T.Resource, ns, name, options, cancellation);

    /// <summary>Deletes all objects of a namespace that the list options select.</summary>
    public Task DeleteCollectionAsync<T>(
        string ns, ListOptions? selection = null, DeleteOptions? options = null, CancellationToken cancellation = default)
        where T : class, IKubernetesObject<T> => DeleteCollectionAsync(T.Resource, ns, selection, options, cancellation);
}
