using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.FlowControl;

/// <summary>
/// Makes and keeps the FlowSchemas and PriorityLevelConfigurations of <see cref="FlowControlObjects"/>: the mandatory ones always, the
/// suggested ones unless their annotation apf.kubernetes.io/autoupdate-spec says that a user keeps them.
/// </summary>
internal sealed class FlowControlBootstrap(ResourceWriter writer, ResourceCatalog catalog)
{
    private const string AutoUpdate = "apf.kubernetes.io/autoupdate-spec";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
        [
            .. FlowControlObjects.MandatoryPriorityLevels.Select(t => EnsureAsync("prioritylevelconfigurations", t, true, cancellationToken)),
            .. FlowControlObjects.SuggestedPriorityLevels.Select(t => EnsureAsync("prioritylevelconfigurations", t, false, cancellationToken)),
            .. FlowControlObjects.MandatoryFlowSchemas.Select(t => EnsureAsync("flowschemas", t, true, cancellationToken)),
            .. FlowControlObjects.SuggestedFlowSchemas.Select(t => EnsureAsync("flowschemas", t, false, cancellationToken)),
        ]);
    }

    /// <summary>The object as it should be, null when it is so. Pure; does not change what it is given.</summary>
    internal static ObjectValue? Reconcile(ObjectValue stored, ObjectValue wanted, bool isMandatory)
    {
        var metadata = stored.GetObject("metadata");
        var annotation = metadata?.GetObject("annotations")?.GetString(AutoUpdate);
        var isOurs = isMandatory || annotation == "true" || (annotation != "false" && metadata?["generation"]?.AsInt64() is 1 or null);
        var marks = annotation != (isOurs ? "true" : "false");
        var updates = isOurs && !wanted["spec"]!.DeepEquals(stored["spec"]);
        if (!marks && !updates)
            return null;
        var result = (ObjectValue)stored.DeepClone();
        result.GetOrAddObject("metadata").GetOrAddObject("annotations")[AutoUpdate] = isOurs ? "true" : "false";
        if (updates)
            result["spec"] = wanted["spec"]!.DeepClone();
        return result;
    }

    private async Task EnsureAsync(string plural, ObjectValue wanted, bool isMandatory, CancellationToken cancellationToken)
    {
        var resource = catalog.Find(FlowControlObjects.Group, "v1", plural)!;
        var request = new WriteRequest
        {
            Resource = resource,
            Namespace = "",
            Name = wanted.GetObject("metadata")!.GetString("name")!,
            User = UserInfo.Self,
            FieldManager = "api-priority-and-fairness-config-producer-v1",
        };
        try
        {
            if (writer.Find(request) is not { } stored)
                await writer.CreateAsync(request, Created(resource, wanted), cancellationToken);
            else if (Reconcile(stored.ToTree(), wanted, isMandatory) is not null)
                await writer.UpdateAsync(request, tree => Reconcile(tree, wanted, isMandatory) ?? tree, cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.AlreadyExists or StatusReason.Conflict or StatusReason.NotFound)
        {
            // Somebody else was at it; the next round looks again.
        }
    }

    private static ObjectValue Created(ServedResource resource, ObjectValue wanted)
    {
        var tree = (ObjectValue)wanted.DeepClone();
        tree.GetObject("metadata")!["annotations"] = new ObjectValue { { AutoUpdate, "true" } };
        tree["kind"] = resource.Info.Kind;
        tree["apiVersion"] = resource.Info.GroupVersion.ToString();
        return tree;
    }
}
