using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Every image is pulled each time, so that nobody uses a private image that another's pod has brought to the node.</summary>
internal sealed class AlwaysPullImages : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "AlwaysPullImages";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Resource.Plural == "pods" &&
        request.Resource.GroupVersion.Group.Length == 0 && request.Subresource is "" or "ephemeralcontainers" && BringsImages(request);

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var container in PodContainers.AllOf(request.Object!))
            container["imagePullPolicy"] = "Always";
        foreach (var volume in request.Object!.GetObject("spec")?.GetList("volumes")?.OfType<ObjectValue>() ?? [])
        {
            if (volume.GetObject("image") is { } image)
                image["pullPolicy"] = "Always";
        }

        return ValueTask.CompletedTask;
    }

    // An update that brings no new image is let through as it is: it could not change the policy.
    private static bool BringsImages(AdmissionRequest request)
    {
        if (request.OldObject is not { } old)
            return true;
        var known = PodContainers.AllOf(old).Select(c => c.GetString("image")).ToHashSet();
        return PodContainers.AllOf(request.Object!).Any(c => !known.Contains(c.GetString("image")));
    }
}
