namespace Xebec.ApiServer.Authorization;

/// <summary>Asks several authorizers in their order: the first that allows or denies decides; else the reasons against are all given.</summary>
internal sealed class UnionAuthorizer(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer, IDisposable
{
    private volatile IReadOnlyList<IAuthorizer> _authorizers = authorizers;

    /// <summary>Asks others from now on. Those asked until now are not closed: questions to them may be under way.</summary>
    public void Use(IReadOnlyList<IAuthorizer> others) => _authorizers = others;

    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        var (reasons, asking) = ("", _authorizers);
        for (var i = 0; i < asking.Count; i++)
        {
            var decision = asking[i].Authorize(attributes);
            if (decision.Allowed || decision.Denied)
                return decision;
            reasons = Add(reasons, decision.Reason);
        }

        return new AuthorizationDecision(false, reasons);
    }

    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var (reasons, asking) = ("", _authorizers);
        for (var i = 0; i < asking.Count; i++)
        {
            var asked = asking[i].AuthorizeAsync(attributes, cancellationToken);
            if (!asked.IsCompletedSuccessfully)
                return ContinueAsync(asked, asking, i, reasons, attributes, cancellationToken);
            var decision = asked.Result;
            if (decision.Allowed || decision.Denied)
                return ValueTask.FromResult(decision);
            reasons = Add(reasons, decision.Reason);
        }

        return ValueTask.FromResult(new AuthorizationDecision(false, reasons));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authorizer in _authorizers.OfType<IDisposable>())
            authorizer.Dispose();
    }

    private static async ValueTask<AuthorizationDecision> ContinueAsync(
        ValueTask<AuthorizationDecision> asked, IReadOnlyList<IAuthorizer> asking, int at, string reasons, AuthorizationAttributes attributes,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var decision = await asked;
            if (decision.Allowed || decision.Denied)
                return decision;
            reasons = Add(reasons, decision.Reason);
            if (++at == asking.Count)
                return new AuthorizationDecision(false, reasons);
            asked = asking[at].AuthorizeAsync(attributes, cancellationToken);
        }
    }

    private static string Add(string reasons, string reason) => reason.Length == 0 ? reasons : reasons.Length == 0 ? reason : $"{reasons}\n{reason}";
}
