using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
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
        var version = spec.GetString("version") ?? "";
        if (spec["group"].IsZero() && version != "v1")
            context.Required("group", "only v1 may have an empty group and it better be legacy kube");
        context.AddInvalid(context.At("version"), version, NameRules.Dns1035Label(version));
        CheckPriority(spec, "groupPriorityMinimum", 20000, context);
        CheckPriority(spec, "versionPriority", 1000, context);
        var isInsecure = spec["insecureSkipTLSVerify"]?.AsBool() == true;
        if (spec.GetObject("service") is { } service)
            CheckService(service, context);
        else
            CheckLocal(spec, isInsecure, context);
        if (isInsecure && !spec["service"].IsAbsent() && !spec["caBundle"].IsZero())
            context.Invalid("insecureSkipTLSVerify", true, "may not be true if caBundle is present");
    }

    private static void CheckLocal(ObjectValue spec, bool isInsecure, CheckContext context)
    {
        if (spec.GetString("caBundle") is { Length: > 0 } bundle)
        {
            var bytes = Convert.FromBase64String(bundle).Length;
            context.Invalid("caBundle", $"{bytes} bytes", "local APIServices may not have a caBundle");
        }

        if (isInsecure)
            context.Invalid("insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
    }

    private static void CheckService(ObjectValue service, CheckContext context)
    {
        var port = service["port"]?.AsInt64() ?? 0;
        if (PortRules.Number(port) is { Count: > 0 } messages)
        {
            var text = $"port is not valid: {string.Join(", ", messages)}";
            context.Add(FieldError.Invalid(context.At("service").Child("port"), port, text));
        }
    }

    private static void CheckPriority(ObjectValue spec, string field, long maximum, CheckContext context)
    {
        if ((spec[field]?.AsInt64() ?? 0) is var priority && (priority <= 0 || priority > maximum))
            context.Invalid(field, priority, $"must be positive and less than {maximum}");
    }
}
