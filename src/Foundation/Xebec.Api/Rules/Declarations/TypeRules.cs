namespace Xebec.Api.Rules.Declarations;

/// <summary>What a rules file says of one type: attributes of the type itself (its name's form) and a line for each field.</summary>
internal sealed record TypeRules(RuleLine Header, IReadOnlyList<RuleLine> Lines);
