using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>SelfSubjectRulesReview: what may I do here? (kubectl auth can-i --list)</summary>
internal sealed class RulesReviewHandler(RbacAuthorizer? rbac, ContentNegotiation negotiation)
{
    private readonly TransientKind _kind = new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", negotiation);

    public async Task ReviewAsync(RequestContext request)
    {
        var review = await _kind.ReadAsync(request);
        var ns = review.GetObject("spec")?.GetString("namespace") ?? "";
        if (ns.Length == 0)
            throw ApiErrors.BadRequest("no namespace on request");
        var rules = rbac is null ? [new RoleRule(["*"], ["*"], ["*"], [], []), new RoleRule(["*"], [], [], [], ["*"])] : rbac.RulesOf(request.User, ns).ToArray();
        var isNode = NodeAuthorizer.NodeName(request.User) is not null;
        var status = new ObjectValue
        {
            { "resourceRules", new ListValue(rules.Where(r => r.Paths.Count == 0).Select(r => (Value)r.ToTree())) },
            { "nonResourceRules", new ListValue(rules.Where(r => r.Paths.Count > 0).Select(r => (Value)r.ToTree())) },
            { "incomplete", isNode },
        };
        if (isNode)
            status["evaluationError"] = "node authorizer does not support user rule resolution";
        review["status"] = status;
        await _kind.AnswerAsync(request, review);
    }
}
