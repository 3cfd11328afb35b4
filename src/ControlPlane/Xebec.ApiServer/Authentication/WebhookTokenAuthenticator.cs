using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Authentication;
using Xebec.ApiServer.Registry.Authorization;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Authentication;

/// <summary>Believes the tokens that a webhook knows: it is sent a TokenReview; what it answers counts for a while.</summary>
internal sealed partial class WebhookTokenAuthenticator(
    KubeconfigClient webhook, TimeSpan cacheTtl, TimeProvider time, ILogger<WebhookTokenAuthenticator> logger) : ITokenAuthenticator, IDisposable
{
    private readonly TokenCache _cache = new(cacheTtl, time);

    /// <inheritdoc/>
    public async ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        if (_cache.TryGet(token, audiences, out var known))
            return known;
        try
        {
            var answer = await webhook.PostAsync(Review(token, audiences), cancellationToken);
            var identity = Identity(answer.GetObject("status") ?? new ObjectValue());
            _cache.Set(token, audiences, identity);
            return identity;
        }
        catch (WebhookCallException e)
        {
            LogFailed(e);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => webhook.Dispose();

    private static ObjectValue Review(string token, IReadOnlyList<string> audiences) => new()
    {
        { "kind", "TokenReview" },
        { "apiVersion", "authentication.k8s.io/v1" },
        { "metadata", new ObjectValue() },
        { "spec", new ObjectValue { { "token", token }, { "audiences", UserInfoTree.Texts(audiences) } } },
    };

    // The group that every authenticated user is in is ours to add. Without audiences it answers for this server alone.
    private static TokenIdentity? Identity(ObjectValue status)
    {
        if (status["authenticated"]?.AsBool() != true || status.GetObject("user") is not { } tree)
            return null;
        var user = AccessReviewUser.Of(new ObjectValue
        {
            { "user", tree.GetString("username") ?? "" },
            { "uid", tree.GetString("uid") ?? "" },
            { "groups", tree["groups"] ?? new ListValue() },
            { "extra", tree["extra"] ?? new ObjectValue() },
        });
        string[] groups = user.Groups.Contains("system:authenticated") ? [.. user.Groups] : [.. user.Groups, "system:authenticated"];
        var audiences = status.GetList("audiences")?.Select(a => a.AsString() ?? "").ToArray();
        return new TokenIdentity(user with { Groups = groups }, audiences is { Length: > 0 } ? audiences : null);
    }

    [LoggerMessage(EventId = 1330, Level = LogLevel.Error, Message = "Failed to make webhook authenticator request")]
    private partial void LogFailed(Exception exception);
}
