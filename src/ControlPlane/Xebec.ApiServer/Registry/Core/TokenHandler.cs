using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Makes service-account tokens (serviceaccounts/NAME/token).</summary>
internal sealed class TokenHandler(
    ServiceAccountTokenKey key, string issuer, ReadHandlers reads, ResourceCatalog catalog, NodeTokens nodes, ContentNegotiation negotiation, TimeProvider time)
{
    private const long DefaultSeconds = 3600;

    // What kubelets ask for on behalf of old clients that never read a token again: they get a year, and warnings after an hour.
    private const long WarnOnlySeconds = 3607;
    private const long ExtendedSeconds = 365 * 24 * 3600;
    private readonly TransientKind _kind = new("authentication.k8s.io", "v1", "TokenRequest", negotiation);

    public async Task CreateAsync(RequestContext request)
    {
        var review = await _kind.ReadAsync(request);
        var account = (await reads.FindAsync(request)).ToTree();
        var spec = review.GetOrAddObject("spec");
        var asked = spec.GetList("audiences")?.Select(a => a.AsString() ?? "").ToArray() ?? [];
        if (spec.GetList("audiences") is not { Count: > 0 })
            spec["audiences"] = new ListValue([issuer]);
        spec["expirationSeconds"] = spec["expirationSeconds"]?.AsInt64() ?? DefaultSeconds;
        TokenRequestRules.Check(review, request.Info.Name);
        TokenRequestRules.CheckAccount(review, Identity(account).Uid, request);
        if (NodeAuthorizer.NodeName(request.User) is { } node)
            await nodes.CheckAsync(request, spec.GetObject("boundObjectRef"), asked, node);
        var claims = Claims(request, spec, account);
        var expires = claims.WarnAfterSeconds > 0 ? claims.WarnAfterSeconds : claims.ExpiresAtSeconds;
        review["metadata"] = new ObjectValue
        {
            { "name", request.Info.Name },
            { "namespace", request.Info.Namespace },
            { "creationTimestamp", ObjectMetadata.Timestamp(time.GetUtcNow()) },
        };
        review["status"] = new ObjectValue
        {
            { "token", key.Sign(claims) },
            { "expirationTimestamp", ObjectMetadata.Timestamp(DateTimeOffset.FromUnixTimeSeconds(expires)) },
        };
        await _kind.AnswerAsync(request, review);
    }

    private ServiceAccountClaims Claims(RequestContext request, ObjectValue spec, ObjectValue account)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var seconds = spec["expirationSeconds"]!.AsInt64()!.Value;
        var audiences = spec.GetList("audiences")!.Select(a => a.AsString() ?? "").ToArray();
        var claims = new ServiceAccountClaims
        {
            Issuer = issuer,
            Audiences = audiences,
            IssuedAtSeconds = now,
            ExpiresAtSeconds = now + seconds,
            Id = Guid.NewGuid().ToString("D"),
            Namespace = request.Info.Namespace,
            ServiceAccount = Identity(account),
        };
        claims = Bind(claims, request, spec.GetObject("boundObjectRef"));
        var isExtended = seconds == WarnOnlySeconds && claims.Pod is not null && audiences is [var only] && only == issuer;
        return isExtended ? claims with { ExpiresAtSeconds = now + ExtendedSeconds, WarnAfterSeconds = now + WarnOnlySeconds } : claims;
    }

    private ServiceAccountClaims Bind(ServiceAccountClaims claims, RequestContext request, ObjectValue? reference)
    {
        if (reference is null)
            return claims;
        var kind = reference.GetString("kind") ?? "";
        if (reference.GetString("apiVersion") != "v1" || kind is not ("Pod" or "Secret" or "Node"))
        {
            throw ApiErrors.BadRequest(
                $"cannot bind token for serviceaccount \"{request.Info.Name}\" to object of type {TokenRequestRules.TypeText(reference)}");
        }

        var bound = Find(kind == "Pod" ? "pods" : kind == "Secret" ? "secrets" : "nodes", request.Info.Namespace, reference.GetString("name") ?? "");
        TokenRequestRules.CheckUid(reference, Identity(bound).Uid, request);
        return kind switch
        {
            "Secret" => claims with { Secret = Identity(bound) },
            "Node" => claims with { Node = Identity(bound) },
            _ => BindPod(claims, bound, request.Info.Name),
        };
    }

    private ServiceAccountClaims BindPod(ServiceAccountClaims claims, ObjectValue pod, string accountName)
    {
        var spec = pod.GetObject("spec");
        if (spec?.GetString("serviceAccountName") != accountName)
            throw ApiErrors.BadRequest($"cannot bind token for serviceaccount \"{accountName}\" to pod running with different serviceaccount name.");
        var node = spec.GetString("nodeName") is { Length: > 0 } nodeName ? Node(nodeName) : null;
        return claims with { Pod = Identity(pod), Node = node };
    }

    private ObjectIdentity Node(string name)
    {
        var nodes = catalog.Find("", "v1", "nodes")!;
        return nodes.Cache.Snapshot.Objects.TryGetValue(nodes.Key("", name), out var node)
            ? Identity(node.ToTree())
            : new ObjectIdentity(name, "");
    }

    private ObjectValue Find(string plural, string ns, string name)
    {
        var resource = catalog.Find("", "v1", plural)!;
        CachedObject found = resource.Cache.Snapshot.Objects.GetValueOrDefault(resource.Key(ns, name))
            ?? throw ApiErrors.NotFound(resource.Info, name);
        return found.ToTree();
    }

    private static ObjectIdentity Identity(ObjectValue item)
    {
        var metadata = item.GetObject("metadata")!;
        return new ObjectIdentity(metadata.GetString("name") ?? "", metadata.GetString("uid") ?? "");
    }
}
