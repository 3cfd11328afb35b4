using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>Nothing is made in a namespace that does not exist or is going away, and the first namespaces stay.</summary>
internal sealed class NamespaceLifecycle(AdmissionParts parts) : IAdmissionPlugin
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];
    private readonly DerivedFacts<string> _phases = new(ns => ns.ToTree().GetObject("status")?.GetString("phase") ?? "");

    /// <inheritdoc/>
    public string Name => "NamespaceLifecycle";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation switch
    {
        AdmissionOperation.Delete => request.Is("", "namespaces"),
        AdmissionOperation.Create or AdmissionOperation.Update => request.Resource.Namespaced && request.Namespace.Length > 0,
        _ => false,
    };

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Delete)
        {
            return Immortal.Contains(request.Name)
                ? throw Denied.Because(request, "this namespace may not be deleted")
                : ValueTask.CompletedTask;
        }

        if (parts.Find("", "namespaces", "", request.Namespace) is { } ns)
        {
            Check(request, ns);
            return ValueTask.CompletedTask;
        }

        return CheckFreshAsync(request, cancellationToken);
    }

    private async ValueTask CheckFreshAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        var ns = parts.Find("", "namespaces", "", request.Namespace)
            ?? throw ApiErrors.NotFound(parts.Catalog.Find("", "v1", "namespaces")!.Info, request.Namespace);
        Check(request, ns);
    }

    private void Check(AdmissionRequest request, CachedObject ns)
    {
        if (request.Operation != AdmissionOperation.Create || _phases.Of(ns) != "Terminating")
            return;
        var refused = Denied.Because(request, $"unable to create new content in namespace {request.Namespace} because it is being terminated");
        throw new ApiException(refused.Code, refused.Reason, refused.Message, refused.Details! with
        {
            Causes = [new("NamespaceTerminating", $"namespace {request.Namespace} is being terminated", "metadata.namespace")],
        });
    }
}
