using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Meta;

/// <summary>metadata.ownerReferences.</summary>
internal static class OwnerReferenceRules
{
    public static void Check(ListValue owners, CheckContext context)
    {
        var controller = "";
        foreach (var item in owners)
        {
            if (item is not ObjectValue owner)
                continue;
            CheckOne(owner, context);
            if (owner["controller"]?.AsBool() == true)
                controller = CheckOnlyController(owners, controller, $"{owner.GetString("kind")}/{owner.GetString("name")}", context);
        }
    }

    private static void CheckOne(ObjectValue owner, CheckContext context)
    {
        if (owner["apiVersion"].IsZero())
            AddInvalid("apiVersion", "version must not be empty", context);
        foreach (var name in new[] { "kind", "name", "uid" })
        {
            if (owner[name].IsZero())
                AddInvalid(name, $"{name} must not be empty", context);
        }

        if (owner.GetString("kind") == "Event" && owner.GetString("apiVersion") is "v1" or "events.k8s.io/v1")
        {
            var message = $"{owner.GetString("apiVersion")}, Kind=Event is disallowed from being an owner";
            context.Invalid("ownerReferences", owner, message);
        }
    }

    private static void AddInvalid(string name, string message, CheckContext context) =>
        context.Add(FieldError.Invalid(context.At("ownerReferences").Child(name), "", message));

    private static string CheckOnlyController(ListValue owners, string first, string current, CheckContext context)
    {
        if (first.Length == 0)
            return current;
        var message = $"Only one reference can have Controller set to true. Found \"true\" in references for {first} and {current}";
        context.Invalid("ownerReferences", owners, message);
        return first;
    }
}
