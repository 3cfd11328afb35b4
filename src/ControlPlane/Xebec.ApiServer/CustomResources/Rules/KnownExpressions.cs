using Xebec.ApiMachinery.Values;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>
/// The expressions that a definition had before a change: they may use what this version knows, new ones only what the version before
/// knew, so that a downgrade still reads them.
/// </summary>
internal sealed class KnownExpressions
{
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly bool _areAll;

    private KnownExpressions(bool areAll) => _areAll = areAll;

    /// <summary>Every expression is known: the definition is stored.</summary>
    public static KnownExpressions All { get; } = new(true);

    /// <summary>Those of a stored definition; none when it is new.</summary>
    public static KnownExpressions Of(ObjectValue? stored)
    {
        var known = new KnownExpressions(false);
        foreach (var version in stored is null ? [] : Definition.VersionsOf(stored))
            known.Collect(version["schema"]);
        return known;
    }

    /// <summary>The minor version whose functions a rule may use.</summary>
    public int VersionForRule(string rule) => VersionFor(_areAll || _rules.Contains(rule));

    /// <summary>The minor version whose functions a messageExpression may use.</summary>
    public int VersionForMessage(string expression) => VersionFor(_areAll || _messages.Contains(expression));

    private static int VersionFor(bool isKnown) => isKnown ? CelEnvironment.StoredExpressions : CelEnvironment.NewExpressions;

    private void Collect(Value? value)
    {
        if (value is ListValue items)
        {
            foreach (var item in items)
                Collect(item);
        }
        else if (value is ObjectValue members)
        {
            foreach (var (name, member) in members)
            {
                if (name == "x-kubernetes-validations" && member is ListValue rules)
                    Remember(rules);
                else
                    Collect(member);
            }
        }
    }

    private void Remember(ListValue rules)
    {
        foreach (var item in rules)
        {
            if (item is not ObjectValue rule)
                continue;
            _rules.Add(rule.GetString("rule") ?? "");
            _messages.Add(rule.GetString("messageExpression") ?? "");
        }
    }
}
