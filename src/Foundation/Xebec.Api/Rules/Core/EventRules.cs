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

    public static void Check(ObjectValue @event, CheckContext context)
    {
        if (@event["eventTime"].IsAbsent())
            CheckNamespace(@event, "involvedObject", Namespace(@event) is "" or "default", context);
        else
            CheckNewer(@event, context);
        if (NameRules.DnsSubdomain(Namespace(@event)) is { Count: > 0 } messages)
            context.AddInvalid(context.At("namespace"), Namespace(@event), messages);
    }

    public static void CheckEventsV1(ObjectValue @event, CheckContext context) =>
        CheckNamespace(@event, "regarding", Namespace(@event) is "default" or "kube-system" or "", context);

    private static void CheckNewer(ObjectValue @event, CheckContext context)
    {
        var about = @event.GetObject("involvedObject")?.GetString("namespace") ?? "";
        if (about.Length == 0 && Namespace(@event) is not ("default" or "kube-system"))
            AddMismatch("involvedObject", about, context);
        var reporter = @event.GetString("reportingComponent") ?? "";
        if (reporter.Length == 0)
            context.Required("reportingComponent");
        context.CheckText("reportingComponent", reporter, NameRules.QualifiedName(reporter));
        foreach (var field in new[] { "reportingInstance", "action", "reason" })
            CheckText(@event, field, context);
        if (System.Text.Encoding.UTF8.GetByteCount(@event.GetString("message") ?? "") > LongestMessage)
            context.Invalid("message", "", $"can have at most {LongestMessage} characters");
    }

    private static void CheckText(ObjectValue @event, string field, CheckContext context)
    {
        var text = @event.GetString(field) ?? "";
        if (text.Length == 0)
            context.Required(field);
        else if (System.Text.Encoding.UTF8.GetByteCount(text) > LongestText)
            context.Invalid(field, "", $"can have at most {LongestText} characters");
    }

    private static void CheckNamespace(ObjectValue @event, string field, bool isDefault, CheckContext context)
    {
        var about = @event.GetObject(field)?.GetString("namespace") ?? "";
        if (about.Length > 0 ? about != Namespace(@event) : !isDefault)
            AddMismatch(field, about, context);
    }

    private static void AddMismatch(string field, string about, CheckContext context) =>
        context.Add(FieldError.Invalid(context.At(field).Child("namespace"), about, "does not match event.namespace"));

    private static string Namespace(ObjectValue @event) => @event.GetObject("metadata")?.GetString("namespace") ?? "";
}
