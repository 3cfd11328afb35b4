using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry.Authentication;

/// <summary>TokenReview (is this token good?) and SelfSubjectReview (who am I?).</summary>
internal sealed class AuthenticationReviewHandlers(TokenAuthenticator tokens, CacheSet caches, ContentNegotiation negotiation, TimeProvider time)
{
    private readonly TransientKind _token = new("authentication.k8s.io", "v1", "TokenReview", negotiation);
    private readonly TransientKind _self = new("authentication.k8s.io", "v1", "SelfSubjectReview", negotiation);

    public async Task ReviewTokenAsync(RequestContext request)
    {
        var review = await _token.ReadAsync(request);
        var spec = review.GetOrAddObject("spec");
        if (spec.GetString("token") is not { Length: > 0 } token)
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        var asked = spec.GetList("audiences") is { Count: > 0 } audiences ? audiences.Select(a => a.AsString() ?? "").ToArray() : null;
        await caches.WaitUntilFreshAsync(request.Aborted);
        review["status"] = Status(await tokens.AuthenticateAsync(token, asked ?? tokens.OwnAudiences, request.Aborted), asked);
        await _token.AnswerAsync(request, review);
    }

    public async Task ReviewSelfAsync(RequestContext request)
    {
        var review = await _self.ReadAsync(request);
        review["metadata"] = new ObjectValue { { "creationTimestamp", ObjectMetadata.Timestamp(time.GetUtcNow()) } };
        review["status"] = new ObjectValue { { "userInfo", UserInfoTree.Of(request.User) } };
        await _self.AnswerAsync(request, review);
    }

    private static ObjectValue Status(TokenIdentity? identity, string[]? asked)
    {
        if (identity is null)
            return new ObjectValue { { "user", new ObjectValue() }, { "error", "invalid bearer token" } };
        var status = new ObjectValue { { "authenticated", true }, { "user", UserInfoTree.Of(identity.User) } };
        if (identity.Audiences is not null || asked is not null)
            status["audiences"] = UserInfoTree.Texts(identity.Audiences ?? asked!);
        return status;
    }
}
