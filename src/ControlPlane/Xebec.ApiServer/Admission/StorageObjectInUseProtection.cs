using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>New claims and volumes get the finalizer by which they stay as long as something uses them; controllers take it away.</summary>
internal sealed class StorageObjectInUseProtection : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "StorageObjectInUseProtection";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && FinalizerOf(request) is not null;

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var metadata = request.Object!.GetOrAddObject("metadata");
        var finalizers = metadata.GetList("finalizers") ?? new ListValue();
        var own = FinalizerOf(request)!;
        if (finalizers.All(f => f.AsString() != own))
            finalizers.Add(own);
        metadata["finalizers"] = finalizers;
        return ValueTask.CompletedTask;
    }

    private static string? FinalizerOf(AdmissionRequest request) =>
        request.Is("", "persistentvolumeclaims") ? "kubernetes.io/pvc-protection"
        : request.Is("", "persistentvolumes") ? "kubernetes.io/pv-protection"
        : null;
}
