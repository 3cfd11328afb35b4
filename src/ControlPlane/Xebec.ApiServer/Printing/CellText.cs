using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The texts that cells of several kinds share.</summary>
internal static class CellText
{
    /// <summary>What stands for an empty list or an absent value.</summary>
    public const string None = "<none>";

    /// <summary>What stands for an optional value that is not set.</summary>
    public const string Unset = "<unset>";

    /// <summary>A map of labels as a selector: k=v,k=v in order of the keys.</summary>
    public static string Labels(Value? labels) => labels is ObjectValue { Count: > 0 } map
        ? string.Join(',', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value.AsString()}"))
        : None;

    /// <summary>A LabelSelector in selector syntax.</summary>
    public static string Selector(Value? selector)
    {
        try
        {
            return LabelSelector.FromTree(selector as ObjectValue).ToString().Or(None);
        }
        catch (FormatException)
        {
            return "<error>";
        }
    }

    /// <summary>A LabelSelector in selector syntax, where an empty one is nothing.</summary>
    public static string PlainSelector(Value? selector)
    {
        try
        {
            return LabelSelector.FromTree(selector as ObjectValue).ToString();
        }
        catch (FormatException)
        {
            return "<invalid>";
        }
    }

    /// <summary>A LabelSelector as Go prints the message: the maps and lists by their types.</summary>
    public static string GoSelector(Value selector)
    {
        var labels = string.Concat(
            (selector.At("matchLabels") as ObjectValue ?? []).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value.AsString()},"));
        var expressions = string.Concat(selector.Items("matchExpressions").Select(GoRequirement));
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}";
    }

    private static string GoRequirement(ObjectValue requirement) =>
        $"LabelSelectorRequirement{{Key:{requirement.Text("key")},Operator:{requirement.Text("operator")},"
        + $"Values:[{string.Join(' ', requirement.Texts("values"))}],}},";

    /// <summary>The first few of a list, and how many more there are.</summary>
    public static string FirstOf(IReadOnlyCollection<string> texts, int maximum, string separator = ",")
    {
        var first = string.Join(separator, texts.Take(maximum));
        return texts.Count > maximum ? $"{first} + {texts.Count - maximum} more..." : first;
    }

    /// <summary>A whole number or percentage.</summary>
    public static string IntOrString(Value value) => value.AsString() ?? value.ToString();

    /// <summary>The names of a pod template's containers.</summary>
    public static string ContainerNames(Value? podSpec) => string.Join(',', podSpec.Items("containers").Select(c => c.Text("name")));

    /// <summary>The images of a pod template's containers.</summary>
    public static string ContainerImages(Value? podSpec) => string.Join(',', podSpec.Items("containers").Select(c => c.Text("image")));

    /// <summary>The wide columns of what has a pod template.</summary>
    public static TableColumn[] ContainerColumns(Func<ObjectValue, Value?> podSpec) =>
    [
        Column.Wide("Containers", "Names of each container in the template.", o => ContainerNames(podSpec(o))),
        Column.Wide("Images", "Images referenced by each container in the template.", o => ContainerImages(podSpec(o))),
    ];

    /// <summary>The addresses of a load balancer, in order, each once.</summary>
    public static string LoadBalancer(ObjectValue o) => string.Join(
        ',',
        o.Items("status", "loadBalancer", "ingress").Select(i => i.Text("ip").Or(i.Text("hostname"))).Where(a => a.Length > 0)
            .Distinct().Order(StringComparer.Ordinal));

    /// <summary>The name, marked when an annotation makes the class the default one.</summary>
    public static string ClassName(ObjectValue o, string annotation) =>
        o.Text("metadata", "name") + (o.Text("metadata", "annotations", annotation) == "true" ? " (default)" : "");
}
