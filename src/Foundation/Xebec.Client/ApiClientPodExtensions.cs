using Xebec.Api.Authentication.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Api.Policy.V1;
using DeleteOptions = Xebec.Api.Meta.V1.DeleteOptions;

namespace Xebec.Client;

/// <summary>The subresources that components post to.</summary>
public static class ApiClientPodExtensions
{
    /// <summary>Binds a pod to a node (pods/binding); the uid guards against a pod that was replaced.</summary>
    public static Task BindAsync(this ApiClient client, Pod pod, string nodeName, CancellationToken cancellation = default)
    {
        var binding = new Binding { Target = new ObjectReference { Kind = "Node", Name = nodeName } };
        binding.Metadata.Name = pod.Metadata.Name;
        binding.Metadata.Namespace = pod.Metadata.Namespace;
        binding.Metadata.Uid = pod.Metadata.Uid;
        return client.CreateSubresourceAsync<Binding, Status>(
            Pod.Resource, pod.Metadata.Namespace, pod.Metadata.Name, "binding", binding, cancellation);
    }

    /// <summary>Evicts a pod (pods/eviction); 429 when a disruption budget does not allow it now.</summary>
    public static Task EvictAsync(
        this ApiClient client, string ns, string name, DeleteOptions? options = null, CancellationToken cancellation = default)
    {
        var eviction = new Eviction { Kind = "Eviction", ApiVersion = "policy/v1", DeleteOptions = options };
        eviction.Metadata.Name = name;
        eviction.Metadata.Namespace = ns;
        return client.CreateSubresourceAsync<Eviction, Status>(Pod.Resource, ns, name, "eviction", eviction, cancellation);
    }

    /// <summary>Asks for a service account's token (serviceaccounts/token).</summary>
    public static Task<TokenRequest> CreateTokenAsync(
        this ApiClient client, string ns, string serviceAccountName, TokenRequest request, CancellationToken cancellation = default)
    {
        request.Kind = "TokenRequest";
        request.ApiVersion = "authentication.k8s.io/v1";
        return client.CreateSubresourceAsync<TokenRequest, TokenRequest>(
            ServiceAccount.Resource, ns, serviceAccountName, "token", request, cancellation);
    }
}
