using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>CustomResourceDefinitions: the singular and the list's kind follow from the kind.</summary>
internal static class CustomResourceDefinitionRules
{
    public static void Default(ObjectValue spec)
    {
        if (spec.GetObject("names") is not { } names || names.GetString("kind") is not { Length: > 0 } kind)
            return;
        if (names["singular"].IsZero())
            names["singular"] = kind.ToLowerInvariant();
        if (names["listKind"].IsZero())
            names["listKind"] = kind + "List";
    }
}
