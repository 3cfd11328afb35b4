using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Pods get the tolerations that their namespace's annotations give by default, and have none that its whitelist does not allow.</summary>
internal sealed class PodTolerationRestriction(AdmissionParts parts) : IAdmissionPlugin
{
    private const string Defaults = "scheduler.alpha.kubernetes.io/defaultTolerations";
    private const string Whitelist = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";

    /// <inheritdoc/>
    public string Name => "PodTolerationRestriction";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "pods");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create)
        {
            foreach (var toleration in Annotated(request, Defaults) ?? [])
                PodTolerations.Add(request.Object!, toleration);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var allowed = Annotated(request, Whitelist);
        var given = request.Object!.GetObject("spec")?.GetList("tolerations")?.OfType<ObjectValue>() ?? [];
        if (allowed is { Length: > 0 } && !given.All(t => allowed.Any(a => PodTolerations.Covers(a, t))))
        {
            throw Denied.Because(
                request, "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist");
        }

        return ValueTask.CompletedTask;
    }

    private ObjectValue[]? Annotated(AdmissionRequest request, string annotation)
    {
        var ns = parts.Find("", "namespaces", "", request.Namespace)?.ToTree().GetObject("metadata")?.GetObject("annotations");
        if (ns?.GetString(annotation) is not { Length: > 0 } text)
            return null;
        try
        {
            return Value.Parse(text).AsList() is { } list ? [.. list.OfType<ObjectValue>()] : null;
        }
        catch (JsonException e)
        {
            throw Denied.Because(request, $"the namespace's annotation {annotation} is not JSON: {e.Message}");
        }
    }
}
