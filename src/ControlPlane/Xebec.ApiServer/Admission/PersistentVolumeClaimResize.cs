using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>A claim grows only when its storage class allows it.</summary>
internal sealed class PersistentVolumeClaimResize(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "PersistentVolumeClaimResize";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation == AdmissionOperation.Update && request.Is("", "persistentvolumeclaims") && Grows(request);

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.OldObject!.GetObject("status")?.GetString("phase") != "Bound")
            throw Denied.Because(request, "Only bound persistent volume claims can be expanded");
        var name = request.OldObject.GetObject("spec")?.GetString("storageClassName") ?? "";
        var storageClass = name.Length > 0 ? parts.Find("storage.k8s.io", "storageclasses", "", name)?.ToTree() : null;
        return storageClass?["allowVolumeExpansion"]?.AsBool() == true ? ValueTask.CompletedTask : throw Denied.Because(
            request, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
    }

    private static bool Grows(AdmissionRequest request) =>
        Size(request.Object!) is { } now && Size(request.OldObject!) is { } before && now.CompareTo(before) > 0;

    private static Quantity? Size(ObjectValue claim)
    {
        var text = claim.GetObject("spec")?.GetObject("resources")?.GetObject("requests")?.GetString("storage");
        return text is not null && Quantity.TryParse(text, out var size) ? size : null;
    }
}
