using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Discovery;

/// <summary>For which zones and nodes an endpoint is meant, and where it is in the words of older versions.</summary>
internal static class EndpointHintRules
{
    private const int MostTopologyLabels = 16;

    public static void Check(ObjectValue hints, FieldPath path, CheckContext context)
    {
        CheckNames(hints.GetList("forZones") ?? [], path.Child("forZones"), NameRules.LabelValue, context);
        CheckNames(hints.GetList("forNodes") ?? [], path.Child("forNodes"), NameRules.DnsSubdomain, context);
    }

    public static void CheckTopology(ObjectValue labels, FieldPath path, CheckContext context)
    {
        if (labels.Count > MostTopologyLabels)
            context.Add(FieldError.TooMany(path, labels.Count, MostTopologyLabels));
        foreach (var (key, value) in labels)
        {
            context.AddInvalid(path, key, NameRules.QualifiedName(key));
            context.AddInvalid(path, value, NameRules.LabelValue(value.AsString() ?? ""));
        }
    }

    private static void CheckNames(ListValue items, FieldPath path, Func<string, IReadOnlyList<string>> rule, CheckContext context)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var name = Name(items[i]);
            if (items.Take(i).Any(other => Name(other) == name))
                context.Add(FieldError.Duplicate(path.Index(i).Child("name"), name));
            context.AddInvalid(path.Index(i).Child("name"), name, rule(name));
        }
    }

    private static string Name(Value item) => item.AsObject()?.GetString("name") ?? "";
}
