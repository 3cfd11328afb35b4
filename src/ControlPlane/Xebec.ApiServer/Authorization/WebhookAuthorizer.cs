using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Authorization;

/// <summary>Asks a webhook by SubjectAccessReview (KEP-3221); its answers count for a while.</summary>
internal sealed partial class WebhookAuthorizer(
    WebhookAuthorizerSettings settings, KubeconfigClient webhook, TimeProvider time, ILogger<WebhookAuthorizer> logger) : IAuthorizer, IDisposable
{
    private const int RememberedAnswers = 8192;

    // Longer questions are not remembered: clients could fill the memory with them (upstream's limit).
    private const int LongestQuestion = 10_000;
    private static readonly AuthorizationDecision NoOpinion = new(false, "");
    private readonly ConcurrentDictionary<string, (AuthorizationDecision Decision, DateTimeOffset Until)> _answers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        // CEL expressions ask from code that can't wait; they are few, and what was answered before is answered at once.
        var asked = AuthorizeAsync(attributes, CancellationToken.None);
        return asked.IsCompletedSuccessfully ? asked.Result : Task.Run(() => asked.AsTask()).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public async ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var spec = AccessReviewSpec.Of(attributes);
        if (Skips(spec) is { } decided)
            return decided;
        var question = spec.ToString();
        if (_answers.TryGetValue(question, out var known) && time.GetUtcNow() < known.Until)
            return known.Decision;
        try
        {
            var decision = await AskAsync(spec, cancellationToken);
            Remember(question, decision);
            return decision;
        }
        catch (WebhookCallException e)
        {
            LogFailed(e);
            return OnFailure(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => webhook.Dispose();

    private AuthorizationDecision OnFailure(string why) => settings.DeniesOnFailure ? new(false, why, Denied: true) : NoOpinion;

    // One condition that does not hold is enough; one that can't be told counts as a failed call.
    private AuthorizationDecision? Skips(ObjectValue spec)
    {
        var failed = false;
        foreach (var condition in settings.Conditions)
        {
            var holds = condition.Holds(spec);
            if (holds == false)
                return NoOpinion;
            failed |= holds is null;
        }

        return failed ? OnFailure("a match condition could not be evaluated") : null;
    }

    private async ValueTask<AuthorizationDecision> AskAsync(ObjectValue spec, CancellationToken cancellationToken)
    {
        var review = new ObjectValue
        {
            { "kind", "SubjectAccessReview" }, { "apiVersion", "authorization.k8s.io/v1" }, { "metadata", new ObjectValue() }, { "spec", spec },
        };
        var status = (await webhook.PostAsync(review, cancellationToken)).GetObject("status") ?? new ObjectValue();
        var (allowed, denied) = (status["allowed"]?.AsBool() == true, status["denied"]?.AsBool() == true);
        var reason = status.GetString("reason") ?? "";
        if (allowed && denied)
            return new AuthorizationDecision(false, "webhook subject access review returned both allow and deny response", Denied: true);
        return new AuthorizationDecision(allowed, reason, denied);
    }

    private void Remember(string question, AuthorizationDecision decision)
    {
        var lifetime = decision.Allowed ? settings.AuthorizedTtl : settings.UnauthorizedTtl;
        if (lifetime <= TimeSpan.Zero || question.Length > LongestQuestion)
            return;
        if (_answers.Count >= RememberedAnswers)
            _answers.Clear();
        _answers[question] = (decision, time.GetUtcNow() + lifetime);
    }

    [LoggerMessage(EventId = 1340, Level = LogLevel.Error, Message = "Failed to make webhook authorizer request")]
    private partial void LogFailed(Exception exception);
}
