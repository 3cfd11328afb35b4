using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>The authorizer's answer as a value.</summary>
internal sealed class DecisionValue(CelAuthorizationDecision decision) : CelOpaque(LibraryTypes.Decision)
{
    public CelAuthorizationDecision Decision { get; } = decision;

    internal override bool EqualTo(CelValue other) => other is DecisionValue theirs && theirs.Decision == Decision;
}
