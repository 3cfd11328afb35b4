using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>A kubelet changes only its own Node and the pods bound to it.</summary>
internal sealed class NodeRestriction : IAdmissionPlugin
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private static readonly string[] NotReferenced = ["secrets", "configmaps", "persistentvolumeclaims"];

    /// <inheritdoc/>
    public string Name => "NodeRestriction";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Resource.GroupVersion.Group.Length == 0 && request.Resource.Plural is "pods" or "nodes" &&
        NodeAuthorizer.NodeName(request.User) is not null;

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var node = NodeAuthorizer.NodeName(request.User)!;
        if (request.Resource.Plural == "nodes")
            CheckNode(request, node);
        else if (request.Operation == AdmissionOperation.Create && request.Subresource.Length == 0)
            CheckNewPod(request, node);
        else if (NodeOf(request.OldObject) is var bound && bound != node)
            throw Denied.Because(request, $"node \"{node}\" can only {Verb(request)} for pods with spec.nodeName set to itself");
        else if (request.Operation == AdmissionOperation.Update && !SameLabels(request.Object!, request.OldObject!))
            throw Denied.Because(request, $"node \"{node}\" cannot update labels through pod status");
        return ValueTask.CompletedTask;
    }

    private static string Verb(AdmissionRequest request) => request.Operation == AdmissionOperation.Delete ? "delete pods" : "update pod status";

    private static string NodeOf(ObjectValue? pod) => pod?.GetObject("spec")?.GetString("nodeName") ?? "";

    private static void CheckNewPod(AdmissionRequest request, string node)
    {
        var pod = request.Object!;
        if (pod.GetObject("metadata")?.GetObject("annotations")?.ContainsKey(MirrorAnnotation) != true)
            throw Denied.Because(request, $"pod does not have \"{MirrorAnnotation}\" annotation, node \"{node}\" can only create mirror pods");
        if (NodeOf(pod) != node)
            throw Denied.Because(request, $"node \"{node}\" can only create pods with spec.nodeName set to itself");
        var references = PodReferences.Read(pod, request.Name);
        if (references.ContainsAny("serviceaccounts"))
            throw Denied.Because(request, $"node \"{node}\" can not create pods that reference a service account");
        // What a node's pods refer to, the node may read: it must not choose that itself.
        if (Array.Find(NotReferenced, references.ContainsAny) is { } plural)
            throw Denied.Because(request, $"node \"{node}\" can not create pods that reference {plural}");
    }

    // Labels decide who else has a say about the pod: Services, controllers, policies.
    private static bool SameLabels(ObjectValue updated, ObjectValue stored) => Labels(updated).DeepEquals(Labels(stored));

    private static ObjectValue Labels(ObjectValue pod) => pod.GetObject("metadata")?.GetObject("labels") ?? new ObjectValue();

    private static void CheckNode(AdmissionRequest request, string node)
    {
        if (request.Name != node)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to modify node \"{request.Name}\"");
        if (request.Operation == AdmissionOperation.Delete)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to delete itself");
        var forbidden = NodeLabels.Forbidden(request.Object!, request.OldObject);
        if (forbidden.Count > 0)
            throw Denied.Because(request, $"is not allowed to modify labels: {string.Join(", ", forbidden)}");
        if (request.Operation == AdmissionOperation.Update && !SameTaints(request.Object!, request.OldObject!))
            throw Denied.Because(request, $"node \"{node}\" is not allowed to modify taints");
    }

    private static bool SameTaints(ObjectValue updated, ObjectValue stored)
    {
        var (left, right) = (updated.GetObject("spec")?.GetList("taints") ?? new ListValue(), stored.GetObject("spec")?.GetList("taints") ?? new ListValue());
        return left.DeepEquals(right);
    }
}
