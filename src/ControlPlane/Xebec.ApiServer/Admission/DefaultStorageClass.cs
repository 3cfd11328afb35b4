using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>A claim that names no class gets the default one.</summary>
internal sealed class DefaultStorageClass(AdmissionParts parts) : IAdmissionPlugin
{
    private static readonly string[] Annotations =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    private readonly DefaultClasses _defaults = new(parts, "storage.k8s.io", "storageclasses", Annotations);

    /// <inheritdoc/>
    public string Name => "DefaultStorageClass";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation == AdmissionOperation.Create && request.Is("", "persistentvolumeclaims");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        // An empty class is a choice: no dynamic provisioning.
        var spec = request.Object!.GetOrAddObject("spec");
        var annotated = request.Object.GetObject("metadata")?.GetObject("annotations")?.ContainsKey("volume.beta.kubernetes.io/storage-class") == true;
        if (!annotated && spec["storageClassName"] is null or NullValue && _defaults.Find() is { } name)
            spec["storageClassName"] = name;
        return ValueTask.CompletedTask;
    }
}
