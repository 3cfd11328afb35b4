using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>Pods run on the nodes that their namespace's annotation selects.</summary>
internal sealed class PodNodeSelector(AdmissionParts parts) : IAdmissionPlugin
{
    private const string Annotation = "scheduler.alpha.kubernetes.io/node-selector";

    /// <inheritdoc/>
    public string Name => "PodNodeSelector";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && request.Is("", "pods");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in Selected(request))
        {
            var own = request.Object!.GetOrAddObject("spec").GetOrAddObject("nodeSelector");
            if (own.GetString(key) is { } given && given != value)
                throw Denied.Because(request, "pod node label selector conflicts with its namespace node label selector");
            own[key] = value;
        }

        return ValueTask.CompletedTask;
    }

    // a=b,c=d: plain equalities, as a node selector is.
    private IEnumerable<(string Key, string Value)> Selected(AdmissionRequest request)
    {
        var annotations = parts.Find("", "namespaces", "", request.Namespace)?.ToTree().GetObject("metadata")?.GetObject("annotations");
        if (annotations?.GetString(Annotation) is not { Length: > 0 } text)
            return [];
        try
        {
            return LabelSelector.Parse(text).Requirements.Where(r => r.Operator == SelectorOperator.Equal).Select(r => (r.Key, r.Values[0]));
        }
        catch (FormatException e)
        {
            throw Denied.Because(request, $"the namespace's annotation {Annotation} is wrong: {e.Message}");
        }
    }
}
