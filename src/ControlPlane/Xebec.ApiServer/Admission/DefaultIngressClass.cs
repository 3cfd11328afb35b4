using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>An ingress that names no class gets the default one.</summary>
internal sealed class DefaultIngressClass(AdmissionParts parts) : IAdmissionPlugin
{
    private readonly DefaultClasses _defaults =
        new(parts, "networking.k8s.io", "ingressclasses", ["ingressclass.kubernetes.io/is-default-class"]);

    /// <inheritdoc/>
    public string Name => "DefaultIngressClass";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation == AdmissionOperation.Create && request.Is("networking.k8s.io", "ingresses");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Object!.GetOrAddObject("spec");
        var annotated = request.Object.GetObject("metadata")?.GetObject("annotations")?.ContainsKey("kubernetes.io/ingress.class") == true;
        if (!annotated && spec["ingressClassName"] is null or NullValue && _defaults.Find() is { } name)
            spec["ingressClassName"] = name;
        return ValueTask.CompletedTask;
    }
}
