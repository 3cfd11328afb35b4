using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>What is made in a namespace that does not exist makes the namespace too.</summary>
internal sealed class NamespaceAutoProvision(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "NamespaceAutoProvision";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request is { Operation: AdmissionOperation.Create, Resource.Namespaced: true, DryRun: false, Namespace.Length: > 0 } &&
        parts.Find("", "namespaces", "", request.Namespace) is null;

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var write = new WriteRequest
        {
            Resource = parts.Catalog.Find("", "v1", "namespaces")!,
            Namespace = "",
            Name = request.Namespace,
            User = UserInfo.Self,
            FieldManager = "kube-apiserver",
        };
        try
        {
            var ns = new ObjectValue { { "kind", "Namespace" }, { "apiVersion", "v1" }, { "metadata", new ObjectValue { { "name", request.Namespace } } } };
            await parts.Writer().CreateAsync(write, ns, cancellationToken);
        }
        catch (ApiException e) when (e.Reason == StatusReason.AlreadyExists)
        {
            // Another request made it first.
        }
    }
}
