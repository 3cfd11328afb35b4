using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Nothing is done in a namespace that does not exist; for servers without NamespaceLifecycle.</summary>
internal sealed class NamespaceExists(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "NamespaceExists";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Resource.Namespaced && request.Namespace.Length > 0;

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (parts.Find("", "namespaces", "", request.Namespace) is not null)
            return;
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        if (parts.Find("", "namespaces", "", request.Namespace) is null)
            throw ApiErrors.NotFound(parts.Catalog.Find("", "v1", "namespaces")!.Info, request.Namespace);
    }
}
