namespace Xebec.ApiServer.Authorization;

/// <summary>Asks several authorizers in their order: the first that allows or denies decides; else the reasons against are all given.</summary>
internal sealed class UnionAuthorizer(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer, IDisposable
{
    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        var reasons = "";
        for (var i = 0; i < authorizers.Count; i++)
        {
            var decision = authorizers[i].Authorize(attributes);
            if (decision.Allowed || decision.Denied)
                return decision;
            reasons = Add(reasons, decision.Reason);
        }

        return new AuthorizationDecision(false, reasons);
    }

    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var reasons = "";
        for (var i = 0; i < authorizers.Count; i++)
        {
            var asked = authorizers[i].AuthorizeAsync(attributes, cancellationToken);
            if (!asked.IsCompletedSuccessfully)
                return ContinueAsync(asked, i, reasons, attributes, cancellationToken);
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
        foreach (var authorizer in authorizers.OfType<IDisposable>())
            authorizer.Dispose();
    }

    private async ValueTask<AuthorizationDecision> ContinueAsync(
        ValueTask<AuthorizationDecision> asked, int at, string reasons, AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var decision = await asked;
            if (decision.Allowed || decision.Denied)
                return decision;
            reasons = Add(reasons, decision.Reason);
            if (++at == authorizers.Count)
                return new AuthorizationDecision(false, reasons);
            asked = authorizers[at].AuthorizeAsync(attributes, cancellationToken);
        }
    }

    private static string Add(string reasons, string reason) => reason.Length == 0 ? reasons : reasons.Length == 0 ? reason : $"{reasons}\n{reason}";
}
