using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Events are in the namespace of what they are about; those about cluster-wide objects are in default.</summary>
internal static class EventRules
{
    public static void Check(ObjectValue @event, CheckContext context) => Check(@event, "involvedObject", context);

    public static void CheckEventsV1(ObjectValue @event, CheckContext context) => Check(@event, "regarding", context);

    private static void Check(ObjectValue @event, string field, CheckContext context)
    {
        var ns = @event.GetObject("metadata")?.GetString("namespace") ?? "";
        var about = @event.GetObject(field)?.GetString("namespace") ?? "";
        if (about.Length > 0 ? about != ns : ns is not ("default" or "kube-system" or ""))
            context.Add(FieldError.Invalid(context.At(field).Child("namespace"), about, "does not match event.namespace"));
    }
}
