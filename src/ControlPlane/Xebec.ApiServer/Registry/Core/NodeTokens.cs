using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>
/// Which tokens a kubelet gets (NodeRestriction): those of its own pods, for audiences that a volume of the pod asks for, so that a node
/// that was broken into can't make itself tokens for every other system (ServiceAccountNodeAudienceRestriction).
/// </summary>
internal sealed class NodeTokens(IAuthorizer authorizer, ResourceCatalog catalog)
{
    private const string AudienceVerb = "request-serviceaccounts-token-audience";

    /// <summary>Refuses other tokens.</summary>
    /// <exception cref="ApiException">403; 404 when there is no such pod.</exception>
    public async ValueTask CheckAsync(RequestContext request, ObjectValue? reference, IReadOnlyList<string> audiences, string node)
    {
        var (name, uid) = (reference?.GetString("name") ?? "", reference?.GetString("uid") ?? "");
        if (reference?.GetString("kind") != "Pod" || reference.GetString("apiVersion") != "v1" || name.Length == 0)
            throw Refused(request, "node requested token not bound to a pod");
        if (uid.Length == 0)
            throw Refused(request, "node requested token with a pod binding without a uid");
        var pod = Find("", "pods", request.Info.Namespace, name) ?? throw ApiErrors.NotFound(catalog.Find("", "v1", "pods")!.Info, name);
        if (pod.GetObject("metadata")?.GetString("uid") != uid)
        {
            throw Refused(
                request,
                $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        if (pod.GetObject("spec")?.GetString("nodeName") != node)
            throw Refused(request, "node requested token bound to a pod scheduled on a different node");
        if (audiences.Count > 1)
            throw Refused(request, "node may only request 0 or 1 audiences");
        var audience = audiences.Count == 0 ? "" : audiences[0];
        if (!AsksFor(pod, audience, request.Info.Namespace) && !await MayAsync(request, audience))
            throw Refused(request, $"audience \"{audience}\" not found in pod spec volume, {node} is not authorized to request tokens for this audience");
    }

    private static ApiException Refused(RequestContext request, string why) => ApiErrors.Forbidden(request.Resource.Info, request.Info.Name, why);

    private async ValueTask<bool> MayAsync(RequestContext request, string audience)
    {
        var attributes = new AuthorizationAttributes
        {
            User = request.User,
            Verb = AudienceVerb,
            IsResourceRequest = true,
            Version = "v1",
            Resource = audience,
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
        };
        return (await authorizer.AuthorizeAsync(attributes, request.Aborted)).Allowed;
    }

    private bool AsksFor(ObjectValue pod, string audience, string ns)
    {
        var podName = pod.GetObject("metadata")?.GetString("name");
        foreach (var volume in (pod.GetObject("spec")?.GetList("volumes") ?? []).OfType<ObjectValue>())
        {
            var sources = volume.GetObject("projected")?.GetList("sources") ?? [];
            if (sources.Any(s => s.AsObject()?.GetObject("serviceAccountToken") is { } token && (token.GetString("audience") ?? "") == audience))
                return true;
            var claim = volume.GetObject("persistentVolumeClaim")?.GetString("claimName") ??
                (volume.GetObject("ephemeral") is not null ? $"{podName}-{volume.GetString("name")}" : null);
            var driver = volume.GetObject("csi")?.GetString("driver") ?? (claim is null ? null : DriverOf(ns, claim));
            if (driver is not null && DriverAsksFor(driver, audience))
                return true;
        }

        return false;
    }

    private string? DriverOf(string ns, string claim) =>
        Find("", "persistentvolumeclaims", ns, claim)?.GetObject("spec")?.GetString("volumeName") is { Length: > 0 } volume
            ? Find("", "persistentvolumes", "", volume)?.GetObject("spec")?.GetObject("csi")?.GetString("driver")
            : null;

    private bool DriverAsksFor(string driver, string audience) =>
        (Find("storage.k8s.io", "csidrivers", "", driver)?.GetObject("spec")?.GetList("tokenRequests") ?? [])
            .Any(r => (r.AsObject()?.GetString("audience") ?? "") == audience);

    private ObjectValue? Find(string group, string plural, string ns, string name)
    {
        var resource = catalog.Find(group, "v1", plural)!;
        return resource.Cache.Snapshot.Objects.GetValueOrDefault(resource.Key(ns, name))?.ToTree();
    }
}
