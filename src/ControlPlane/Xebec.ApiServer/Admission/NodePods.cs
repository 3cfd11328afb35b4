using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>What a kubelet may do to pods: make and delete mirrors of its static ones, report on its own, evict them.</summary>
internal sealed class NodePods(AdmissionParts parts)
{
    private static readonly string[] NotReferenced = ["secrets", "configmaps", "persistentvolumeclaims", "resourceclaims"];

    /// <summary>Refuses everything else.</summary>
    /// <exception cref="ApiException">403.</exception>
    public void Check(AdmissionRequest request, string node)
    {
        switch (request.Subresource, request.Operation)
        {
            case ("", AdmissionOperation.Create):
                CheckNew(request, node);
                break;
            case ("", AdmissionOperation.Delete):
                if (NodeOf(request.OldObject) != node)
                    throw Denied.Because(request, $"node \"{node}\" can only delete pods with spec.nodeName set to itself");
                break;
            case ("status", AdmissionOperation.Update):
                CheckStatus(request, node);
                break;
            case ("eviction", AdmissionOperation.Create):
                var evicted = parts.Find("", "pods", request.Namespace, request.Name) ?? throw ApiErrors.NotFound(request.Resource, request.Name);
                if (NodeOf(evicted.ToTree()) != node)
                    throw Denied.Because(request, $"node {node} can only evict pods with spec.nodeName set to itself");
                break;
            case ("", _):
                throw Denied.Because(request, $"unexpected operation \"{Operation(request)}\", node \"{node}\" can only create and delete mirror pods");
            default:
                throw Denied.Because(request, $"unexpected pod subresource \"{request.Subresource}\", only 'status' and 'eviction' are allowed");
        }
    }

    private static string Operation(AdmissionRequest request) => request.Operation.ToString().ToUpperInvariant();

    private static string NodeOf(ObjectValue? pod) => pod?.GetObject("spec")?.GetString("nodeName") ?? "";

    private void CheckNew(AdmissionRequest request, string node)
    {
        var pod = request.Object!;
        if (!PodReferences.IsMirror(pod))
            throw Denied.Because(request, $"pod does not have \"{PodReferences.MirrorAnnotation}\" annotation, node \"{node}\" can only create mirror pods");
        if (NodeOf(pod) != node)
            throw Denied.Because(request, $"node \"{node}\" can only create pods with spec.nodeName set to itself");
        CheckOwner(request, pod, node);
        var references = PodReferences.All(pod, request.Name);
        if (references.ContainsAny("serviceaccounts"))
            throw Denied.Because(request, $"node \"{node}\" can not create pods that reference a service account");
        // What a node's pods refer to, the node may read: it must not choose that itself.
        if (Array.Find(NotReferenced, references.ContainsAny) is { } plural)
            throw Denied.Because(request, $"node \"{node}\" can not create pods that reference {plural}");
    }

    // The garbage collector deletes what an owner that is gone has left: a node must not hang its pods on others' objects.
    private void CheckOwner(AdmissionRequest request, ObjectValue pod, string node)
    {
        var owners = (pod.GetObject("metadata")?.GetList("ownerReferences") ?? []).OfType<ObjectValue>().ToArray();
        if (owners.Length > 1)
            throw Denied.Because(request, $"node \"{node}\" can only create pods with a single owner reference set to itself");
        if (owners is not [var owner] || owner.GetString("apiVersion") != "v1" || owner.GetString("kind") != "Node" || owner.GetString("name") != node)
            throw Denied.Because(request, $"node \"{node}\" can only create pods with an owner reference set to itself");
        if (owner["controller"]?.AsBool() != true)
            throw Denied.Because(request, $"node \"{node}\" can only create pods with a controller owner reference set to itself");
        if (owner["blockOwnerDeletion"]?.AsBool() == true)
            throw Denied.Because(request, $"node \"{node}\" must not set blockOwnerDeletion on an owner reference");
        var own = parts.Find("", "nodes", "", node) ?? throw ApiErrors.NotFound(parts.Catalog.Find("", "v1", "nodes")!.Info, node);
        var (given, uid) = (owner.GetString("uid"), own.ToTree().GetObject("metadata")?.GetString("uid"));
        if (given != uid)
            throw Denied.Because(request, $"node {node} UID mismatch: expected {given} got {uid}");
    }

    private static void CheckStatus(AdmissionRequest request, string node)
    {
        var (updated, stored) = (request.Object!, request.OldObject!);
        if (NodeOf(stored) != node)
            throw Denied.Because(request, $"node \"{node}\" can only update pod status for pods with spec.nodeName set to itself");
        // Labels decide who else has a say about the pod: Services, controllers, policies.
        if (!Same(updated.GetObject("metadata")?.GetObject("labels"), stored.GetObject("metadata")?.GetObject("labels")))
            throw Denied.Because(request, $"node \"{node}\" cannot update labels through pod status");
        foreach (var field in new[] { "resourceClaimStatuses", "extendedResourceClaimStatus" })
        {
            if (!Same(updated.GetObject("status")?[field], stored.GetObject("status")?[field]))
                throw Denied.Because(request, $"node \"{node}\" cannot update resource claim statues");
        }
    }

    private static bool Same(Value? left, Value? right) => IsEmpty(left) ? IsEmpty(right) : right is not null && left!.DeepEquals(right);

    private static bool IsEmpty(Value? value) => value is null or ObjectValue { Count: 0 } or ListValue { Count: 0 };
}
