using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>
/// The selectors of an access review as a request would have them. A condition that can't be understood is left out: fewer conditions are
/// a wider question, so that nothing is allowed by mistake.
/// </summary>
internal static class AccessReviewSelectors
{
    /// <summary>The fieldSelector; empty when there is none.</summary>
    public static string Fields(ObjectValue? given)
    {
        if (given?.GetString("rawSelector") is { Length: > 0 } raw)
            return raw;
        var conditions = Requirements(given).Where(r => r.Values.Length == 1 && r.Operator is "In" or "NotIn")
            .Select(r => new FieldRequirement(r.Key, r.Values.Length == 1 ? r.Values[0] : "", r.Operator == "In"));
        return string.Join(',', conditions);
    }

    /// <summary>The labelSelector; empty when there is none.</summary>
    public static string Labels(ObjectValue? given)
    {
        if (given?.GetString("rawSelector") is { Length: > 0 } raw)
            return raw;
        return string.Join(',', Requirements(given).Select(Label).OfType<string>().Where(IsValid));
    }

    private static string? Label((string Key, string Operator, string[] Values) requirement) => requirement switch
    {
        { Operator: "In", Values.Length: > 0 } => $"{requirement.Key} in ({string.Join(',', requirement.Values)})",
        { Operator: "NotIn", Values.Length: > 0 } => $"{requirement.Key} notin ({string.Join(',', requirement.Values)})",
        { Operator: "Exists", Values.Length: 0 } => requirement.Key,
        { Operator: "DoesNotExist", Values.Length: 0 } => "!" + requirement.Key,
        _ => null,
    };

    private static bool IsValid(string text)
    {
        try
        {
            return LabelSelector.Parse(text).Requirements.Count == 1;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Key, string Operator, string[] Values)> Requirements(ObjectValue? selector) =>
        (selector?.GetList("requirements") ?? []).OfType<ObjectValue>().Select(r => (
            r.GetString("key") ?? "", r.GetString("operator") ?? "", r.GetList("values") is { } list ? list.Select(v => v.AsString() ?? "").ToArray() : []));
}
