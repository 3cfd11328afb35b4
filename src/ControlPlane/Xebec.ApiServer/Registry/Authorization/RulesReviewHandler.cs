using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>SelfSubjectRulesReview: what may I do here? (kubectl auth can-i --list)</summary>
/// <param name="rbac">Who knows roles; null when everything is allowed.</param>
/// <param name="modes">The authorizers that are asked, in their order.</param>
/// <param name="negotiation">How it is answered.</param>
internal sealed class RulesReviewHandler(RbacAuthorizer? rbac, Func<IReadOnlyList<string>> modes, ContentNegotiation negotiation)
{
    private static readonly RoleRule[] Everything = [new(["*"], ["*"], ["*"], [], []), new(["*"], [], [], [], ["*"])];
    private readonly TransientKind _kind = new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", negotiation);

    public async Task ReviewAsync(RequestContext request)
    {
        var review = await _kind.ReadAsync(request);
        var ns = review.GetObject("spec")?.GetString("namespace") ?? "";
        if (ns.Length == 0)
            throw ApiErrors.BadRequest("no namespace on request");
        var (rules, problems, isIncomplete) = Answer(request.User, ns);
        var status = new ObjectValue
        {
            { "resourceRules", new ListValue(rules.Where(r => r.Paths.Count == 0).Select(r => (Value)r.ToTree())) },
            { "nonResourceRules", new ListValue(rules.Where(r => r.Paths.Count > 0).Select(r => (Value)r.ToTree())) },
            { "incomplete", isIncomplete },
        };
        if (problems.Count > 0)
            status["evaluationError"] = problems is [var only] ? only : $"[{string.Join(", ", problems)}]";
        review["status"] = status;
        await _kind.AnswerAsync(request, review);
    }

    private (List<RoleRule> Rules, List<string> Problems, bool IsIncomplete) Answer(UserInfo user, string ns)
    {
        var (rules, problems, isIncomplete) = (new List<RoleRule>(), new List<string>(), false);
        foreach (var mode in rbac is null ? ["AlwaysAllow"] : modes())
        {
            var unknown = mode switch
            {
                "Node" when NodeAuthorizer.NodeName(user) is not null => "node authorizer does not support user rule resolution",
                "Webhook" => "webhook authorizer does not support user rule resolution",
                _ => null,
            };
            if (unknown is not null)
                (isIncomplete, problems) = (true, [.. problems, unknown]);
            else if (mode == "AlwaysAllow")
                rules.AddRange(Everything);
            else if (mode == "RBAC")
            {
                rules.AddRange(rbac!.RulesOf(user, ns));
                problems.AddRange(rbac.MissingRoles(user, ns));
            }
        }

        return (rules, problems, isIncomplete);
    }
}
