using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiregistration;

/// <summary>APIServices: the name says what they serve.</summary>
internal static class ApiServiceRules
{
    public static void Check(ObjectValue service, CheckContext context)
    {
        var spec = service.GetObject("spec");
        var expected = $"{spec?.GetString("version")}.{spec?.GetString("group")}";
        var name = service.GetObject("metadata")?.GetString("name") ?? "";
        if (name.Length > 0 && name != expected)
        {
            var message = $"must be `spec.version+\".\"+spec.group`: {GoText.Quote(expected)}";
            context.Add(FieldError.Invalid(context.At("metadata").Child("name"), name, message));
        }
    }

    public static void CheckSpec(ObjectValue spec, CheckContext context)
    {
        CheckPriority(spec, "groupPriorityMinimum", 20000, context);
        CheckPriority(spec, "versionPriority", 1000, context);
        if (spec["insecureSkipTLSVerify"]?.AsBool() == true && !spec["caBundle"].IsZero())
            context.Invalid("insecureSkipTLSVerify", true, "may not be true if caBundle is present");
    }

    private static void CheckPriority(ObjectValue spec, string field, long maximum, CheckContext context)
    {
        if ((spec[field]?.AsInt64() ?? 0) is var priority && (priority <= 0 || priority > maximum))
            context.Invalid(field, priority, $"must be positive and less than {maximum}");
    }
}
