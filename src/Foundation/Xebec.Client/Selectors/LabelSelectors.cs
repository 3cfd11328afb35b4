using System.Text;
using Xebec.Api.Meta.V1;

namespace Xebec.Client.Selectors;

/// <summary>Matches labels against selectors in memory, and writes selectors as query text.</summary>
public static class LabelSelectors
{
    /// <summary>Whether labels match; a null selector matches nothing, an empty one everything.</summary>
    public static bool Matches(LabelSelector? selector, Dictionary<string, string> labels)
    {
        if (selector is null || !Matches(selector.MatchLabels, labels))
            return false;
        foreach (var requirement in selector.MatchExpressions)
        {
            if (!Matches(requirement, labels))
                return false;
        }

        return true;
    }

    /// <summary>Whether labels contain every pair, as a Service's selector asks; an empty selector matches everything.</summary>
    public static bool Matches(Dictionary<string, string> selector, Dictionary<string, string> labels)
    {
        foreach (var (key, value) in selector)
        {
            if (!labels.TryGetValue(key, out var have) || have != value)
                return false;
        }

        return true;
    }

    /// <summary>Whether a selector asks for nothing, so that it would match everything.</summary>
    public static bool IsEmpty(LabelSelector? selector) =>
        selector is null || (selector.MatchLabels.Count == 0 && selector.MatchExpressions.Count == 0);

    /// <summary>The selector as labelSelector query text, for example app=web,tier notin (db).</summary>
    public static string ToQuery(LabelSelector selector)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in selector.MatchLabels.OrderBy(p => p.Key, StringComparer.Ordinal))
            text.Append(text.Length > 0 ? "," : "").Append(key).Append('=').Append(value);
        foreach (var requirement in selector.MatchExpressions)
            text.Append(text.Length > 0 ? "," : "").Append(ToQuery(requirement));
        return text.ToString();
    }

    private static string ToQuery(LabelSelectorRequirement requirement) => requirement.Operator switch
    {
        "In" => $"{requirement.Key} in ({string.Join(',', requirement.Values)})",
        "NotIn" => $"{requirement.Key} notin ({string.Join(',', requirement.Values)})",
        "Exists" => requirement.Key,
        _ => $"!{requirement.Key}",
    };

    private static bool Matches(LabelSelectorRequirement requirement, Dictionary<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => has && requirement.Values.Contains(value!),
            "NotIn" => !has || !requirement.Values.Contains(value!),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
