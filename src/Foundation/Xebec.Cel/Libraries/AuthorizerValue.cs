using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>The authorizer, or a check of it that is being spelled out.</summary>
internal sealed class AuthorizerValue(
    AuthorizerStep step, CelAuthorizationQuery query, Func<CelAuthorizationQuery, CelAuthorizationDecision> authorize)
    : CelOpaque(TypeOf(step))
{
    public CelAuthorizationQuery Query { get; } = query;

    public AuthorizerValue With(AuthorizerStep next, CelAuthorizationQuery changed) => new(next, changed, authorize);

    public DecisionValue Check(string verb)
    {
        try
        {
            return new DecisionValue(authorize(Query with { Verb = verb }));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new DecisionValue(new CelAuthorizationDecision(false, "", failure.Message));
        }
    }

    internal override bool EqualTo(CelValue other) => other is AuthorizerValue theirs && theirs.Type.Name == Type.Name && theirs.Query == Query;

    private static CelType TypeOf(AuthorizerStep step) => step switch
    {
        AuthorizerStep.Authorizer => LibraryTypes.Authorizer,
        AuthorizerStep.Path => LibraryTypes.PathCheck,
        AuthorizerStep.Group => LibraryTypes.GroupCheck,
        _ => LibraryTypes.ResourceCheck,
    };
}
