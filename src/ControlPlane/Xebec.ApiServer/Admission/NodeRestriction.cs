using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Certificates;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>
/// A kubelet changes only its own Node, lease, CSINode and slices, and the pods and claims that are its business; what the Node authorizer
/// can't tell, because it does not see the object, is told here.
/// </summary>
internal sealed class NodeRestriction(AdmissionParts parts) : IAdmissionPlugin
{
    private readonly NodePods _pods = new(parts);

    /// <inheritdoc/>
    public string Name => "NodeRestriction";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation != AdmissionOperation.Connect &&
        (request.Resource.GroupVersion.Group, request.Resource.Plural) is ("", "pods" or "nodes" or "persistentvolumeclaims") or
            ("coordination.k8s.io", "leases") or ("storage.k8s.io", "csinodes") or ("resource.k8s.io", "resourceslices") or
            ("certificates.k8s.io", "certificatesigningrequests") && NodeAuthorizer.NodeName(request.User) is not null;

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var node = NodeAuthorizer.NodeName(request.User)!;
        switch (request.Resource.Plural)
        {
            case "pods":
                _pods.Check(request, node);
                break;
            case "nodes":
                CheckNode(request, node);
                break;
            case "persistentvolumeclaims":
                CheckClaim(request, node);
                break;
            case "leases":
                CheckLease(request, node);
                break;
            case "csinodes" when request.Name != node:
                throw Denied.Because(request, "can only access CSINode with the same name as the requesting node");
            case "resourceslices":
                CheckSlice(request, node);
                break;
            case "certificatesigningrequests" when request.Operation == AdmissionOperation.Create && request.Subresource.Length == 0:
                CheckCertificate(request, node);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static void CheckNode(AdmissionRequest request, string node)
    {
        if (request.Name != node)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to modify node \"{request.Name}\"");
        if (request.Operation == AdmissionOperation.Delete)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to delete itself");
        var (updated, stored) = (request.Object!, request.OldObject);
        var source = updated.GetObject("spec")?.GetObject("configSource");
        if (source is not null && stored is null)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to create pods with a non-nil configSource");
        if (source is not null && !source.DeepEquals(stored?.GetObject("spec")?.GetObject("configSource") ?? new ObjectValue()))
            throw Denied.Because(request, $"node \"{node}\" is not allowed to update configSource to a new non-nil configSource");
        if (stored is not null && !SameTaints(updated, stored))
            throw Denied.Because(request, $"node \"{node}\" is not allowed to modify taints");
        var forbidden = NodeLabels.Forbidden(updated, stored);
        if (forbidden.Count > 0 && stored is null)
            throw Denied.Because(request, $"node \"{node}\" is not allowed to set the following labels: {string.Join(", ", forbidden)}");
        if (forbidden.Count > 0)
            throw Denied.Because(request, $"is not allowed to modify labels: {string.Join(", ", forbidden)}");
    }

    // Only what an expansion of the volume changes: a node must not relabel claims, or add owners and finalizers.
    private static void CheckClaim(AdmissionRequest request, string node)
    {
        if (request.Subresource != "status" || request.Operation != AdmissionOperation.Update)
            throw Denied.Because(request, "may only update PVC status");
        if (!WithoutSizes(request.Object!).DeepEquals(WithoutSizes(request.OldObject!)))
            throw Denied.Because(request, $"node \"{node}\" is not allowed to update fields other than status.capacity and status.conditions");
    }

    private static ObjectValue WithoutSizes(ObjectValue claim)
    {
        var copy = (ObjectValue)claim.DeepClone();
        foreach (var field in new[] { "resourceVersion", "managedFields" })
            copy.GetObject("metadata")?.Remove(field);
        foreach (var field in new[] { "capacity", "conditions", "allocatedResources", "allocatedResourceStatuses" })
            copy.GetObject("status")?.Remove(field);
        if (copy.GetObject("status") is { Count: 0 })
            copy.Remove("status");
        return copy;
    }

    private static void CheckLease(AdmissionRequest request, string node)
    {
        if (request.Namespace != NodeAuthorizer.LeaseNamespace)
            throw Denied.Because(request, $"can only access leases in the \"{NodeAuthorizer.LeaseNamespace}\" system namespace");
        if (request.Name != node)
            throw Denied.Because(request, "can only access node lease with the same name as the requesting node");
    }

    private static void CheckSlice(AdmissionRequest request, string node)
    {
        var slice = request.Operation switch
        {
            AdmissionOperation.Create => request.Object,
            AdmissionOperation.Delete => request.OldObject,
            _ => null,
        };
        if (slice is not null && slice.GetObject("spec")?.GetString("nodeName") != node)
        {
            var verb = request.Operation == AdmissionOperation.Create ? "create" : "delete";
            throw Denied.Because(request, $"can only {verb} ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private static void CheckCertificate(AdmissionRequest request, string node)
    {
        var spec = request.Object!.GetObject("spec");
        if (spec?.GetString("signerName") is not ("kubernetes.io/kubelet-serving" or "kubernetes.io/kube-apiserver-client-kubelet"))
            return;
        var name = RequestSubject.CommonName(spec.GetString("request") ?? "") ?? throw Denied.Because(request, "unable to parse csr");
        if (name != $"system:node:{node}")
            throw Denied.Because(request, $"can only create a node CSR with CN=system:node:{node}");
    }

    private static bool SameTaints(ObjectValue updated, ObjectValue stored)
    {
        var (left, right) = (updated.GetObject("spec")?.GetList("taints") ?? new ListValue(), stored.GetObject("spec")?.GetList("taints") ?? new ListValue());
        return left.DeepEquals(right);
    }
}
