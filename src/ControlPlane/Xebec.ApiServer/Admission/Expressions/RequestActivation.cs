using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Registry.Authentication;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>The values of admission's variables for one request.</summary>
internal static class RequestActivation
{
    /// <summary>object, oldObject, request and authorizer.</summary>
    public static CelActivation Of(AdmissionRequest request, WebhookTarget target, IAuthorizer authorizer)
    {
        var own = new CelAuthorizationQuery
        {
            Group = request.Resource.GroupVersion.Group, Resource = request.Resource.Plural, Subresource = request.Subresource,
            Namespace = MatchContext.NamespaceOf(request), Name = request.Name,
        };
        CelAuthorizationDecision Ask(CelAuthorizationQuery query) => Authorize(query, request.User, authorizer);
        return new CelActivation().Set("object", target.Object).Set("oldObject", target.OldObject).Set("request", Tree(request, target))
            .Set("namespaceObject", Value.Null)
            .SetLazy("authorizer", () => CelValue.Authorizer(Ask))
            .SetLazy("authorizer.requestResource", () => CelValue.ResourceCheck(Ask, own));
    }

    private static ObjectValue Tree(AdmissionRequest request, WebhookTarget target)
    {
        var asked = request.Kind;
        var tree = new ObjectValue
        {
            { "kind", Type(target.Kind.GroupVersion, "kind", target.Kind.Kind) },
            { "resource", Type(target.Resource.GroupVersion, "resource", target.Resource.Plural) },
            { "subResource", request.Subresource },
            { "requestKind", Type(asked.GroupVersion, "kind", asked.Kind) },
            { "requestResource", Type(request.Resource.GroupVersion, "resource", request.Resource.Plural) },
            { "requestSubResource", request.Subresource },
            { "name", request.Name },
            { "namespace", MatchContext.NamespaceOf(request) },
            { "operation", OperationText.Of(request.Operation) },
            { "userInfo", UserInfoTree.Of(request.User) },
            { "dryRun", request.DryRun },
        };
        if (request.Options() is { } options)
            tree["options"] = options;
        return tree;
    }

    private static ObjectValue Type(GroupVersion groupVersion, string last, string name) =>
        new() { { "group", groupVersion.Group }, { "version", groupVersion.Version }, { last, name } };

    private static CelAuthorizationDecision Authorize(CelAuthorizationQuery query, UserInfo user, IAuthorizer authorizer)
    {
        var who = query.ServiceAccount is var (ns, name)
            ? new UserInfo(ServiceAccountUser.Name(ns, name), [.. ServiceAccountUser.Groups(ns), "system:authenticated"])
            : user;
        var decision = authorizer.Authorize(new AuthorizationAttributes
        {
            User = who,
            Verb = query.Verb,
            IsResourceRequest = query.Path is null,
            Path = query.Path ?? "",
            Group = query.Group,
            Version = "*",
            Resource = query.Resource,
            Subresource = query.Subresource,
            Namespace = query.Namespace,
            Name = query.Name,
            FieldSelector = query.FieldSelector ?? "",
        });
        return new CelAuthorizationDecision(decision.Allowed, decision.Reason);
    }
}
