using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>SubjectAccessReview and its kin: may they do this?</summary>
internal sealed class AccessReviewHandlers(IAuthorizer authorizer, ContentNegotiation negotiation)
{
    private const string Group = "authorization.k8s.io";
    private readonly TransientKind _subject = new(Group, "v1", "SubjectAccessReview", negotiation);
    private readonly TransientKind _local = new(Group, "v1", "LocalSubjectAccessReview", negotiation);
    private readonly TransientKind _self = new(Group, "v1", "SelfSubjectAccessReview", negotiation);

    public async Task ReviewSubjectAsync(RequestContext request)
    {
        var review = await _subject.ReadAsync(request);
        AccessReviewRules.Check(review, "SubjectAccessReview", hasSubject: true);
        await AnswerAsync(request, _subject, review, AccessReviewUser.Of(review.GetObject("spec")!));
    }

    public async Task ReviewLocalAsync(RequestContext request)
    {
        var review = await _local.ReadAsync(request);
        AccessReviewRules.Check(review, "LocalSubjectAccessReview", hasSubject: true, request.Info.Namespace);
        await AnswerAsync(request, _local, review, AccessReviewUser.Of(review.GetObject("spec")!));
    }

    public async Task ReviewSelfAsync(RequestContext request)
    {
        var review = await _self.ReadAsync(request);
        AccessReviewRules.Check(review, "SelfSubjectAccessReview", hasSubject: false);
        await AnswerAsync(request, _self, review, request.User);
    }

    private async Task AnswerAsync(RequestContext request, TransientKind kind, ObjectValue review, UserInfo user)
    {
        var decision = await authorizer.AuthorizeAsync(Attributes(review.GetObject("spec")!, user), request.Aborted);
        var status = new ObjectValue { { "allowed", decision.Allowed } };
        if (decision.Denied)
            status["denied"] = true;
        if (decision.Reason.Length > 0)
            status["reason"] = decision.Reason;
        review["status"] = status;
        await kind.AnswerAsync(request, review);
    }

    private static AuthorizationAttributes Attributes(ObjectValue spec, UserInfo user)
    {
        if (spec.GetObject("nonResourceAttributes") is { } path)
            return new AuthorizationAttributes { User = user, Verb = path.GetString("verb") ?? "", Path = path.GetString("path") ?? "" };
        var resource = spec.GetObject("resourceAttributes")!;
        return new AuthorizationAttributes
        {
            User = user,
            Verb = resource.GetString("verb") ?? "",
            IsResourceRequest = true,
            Group = resource.GetString("group") ?? "",
            Version = resource.GetString("version") ?? "",
            Resource = resource.GetString("resource") ?? "",
            Subresource = resource.GetString("subresource") ?? "",
            Namespace = resource.GetString("namespace") ?? "",
            Name = resource.GetString("name") ?? "",
            FieldSelector = AccessReviewSelectors.Fields(resource.GetObject("fieldSelector")),
            LabelSelector = AccessReviewSelectors.Labels(resource.GetObject("labelSelector")),
        };
    }
}
