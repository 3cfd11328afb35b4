using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>
/// Events are in the namespace of what they are about; those about cluster-wide objects are in default. Only those that say when they
/// happened (the newer form) must say who reports what.
/// </summary>
internal static class EventRules
{
    private const int LongestText = 128;
    private const int LongestMessage = 1024;

    public static void Check(ObjectValue @event, CheckContext context) => Check(@event, EventFields.Core, context);

    /// <summary>The same of either version. Paths are those of the older one.</summary>
    public static void Check(ObjectValue @event, EventFields fields, CheckContext context)
    {
        var about = @event.GetObject(fields.About)?.GetString("namespace") ?? "";
        var own = @event.GetObject("metadata")?.GetString("namespace") ?? "";
        var isNewer = !@event["eventTime"].IsAbsent();
        var fits = about.Length > 0 ? isNewer || about == own : own is "default" || own == (isNewer ? "kube-system" : "");
        if (!fits)
            context.Add(FieldError.Invalid(context.At("involvedObject").Child("namespace"), about, "does not match event.namespace"));
        if (isNewer)
            CheckNewer(@event, fields, context);
        if (NameRules.DnsSubdomain(own) is { Count: > 0 } messages)
            context.AddInvalid(context.At("namespace"), own, messages);
    }

    private static void CheckNewer(ObjectValue @event, EventFields fields, CheckContext context)
    {
        var reporter = @event.GetString(fields.Reporter) ?? "";
        if (reporter.Length == 0)
            context.Required(fields.Reporter);
        context.CheckText(fields.Reporter, reporter, NameRules.QualifiedName(reporter));
        foreach (var field in new[] { "reportingInstance", "action", "reason" })
            CheckText(@event, field, context);
        if (Encoding.UTF8.GetByteCount(@event.GetString(fields.Message) ?? "") > LongestMessage)
            context.Invalid("message", "", $"can have at most {LongestMessage} characters");
    }

    private static void CheckText(ObjectValue @event, string field, CheckContext context)
    {
        var text = @event.GetString(field) ?? "";
        if (text.Length == 0)
            context.Required(field);
        else if (Encoding.UTF8.GetByteCount(text) > LongestText)
            context.Invalid(field, "", $"can have at most {LongestText} characters");
    }
}
