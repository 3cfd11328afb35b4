using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>What a claim asks for: requests, constraints between them, and configuration for them.</summary>
internal static class DeviceClaimRules
{
    private const int MostRequests = 32;
    private const int MostAlternatives = 8;
    private const int DocumentMaximumBytes = 10 * 1024;

    private const string Reference = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
    private const string OneOf = "exactly one of `exactly` or `firstAvailable` is required";

    public static void Check(ObjectValue claim, CheckContext context)
    {
        CheckUnique(claim.GetList("requests") ?? [], context.At("requests"), context);
        CheckConstraints(claim, context);
        CheckConfig(claim, context);
    }

    public static void CheckRequest(ObjectValue request, CheckContext context)
    {
        var (exactly, alternatives) = (request.GetObject("exactly"), request.GetList("firstAvailable") ?? []);
        if (exactly is null && alternatives.Count == 0)
            context.Add(FieldError.Required(context.Here, OneOf));
        else if (exactly is not null && alternatives.Count > 0)
            context.Add(FieldError.Invalid(context.Here, null, $"{OneOf}, but multiple fields are set"));
        if (alternatives.Count > MostAlternatives)
            context.Add(FieldError.TooMany(context.At("firstAvailable"), alternatives.Count, MostAlternatives));
        else
            CheckUnique(alternatives, context.At("firstAvailable"), context);
    }

    public static void CheckAmount(ObjectValue request, CheckContext context)
    {
        var count = request["count"]?.AsInt64() ?? 0;
        if (request.GetString("allocationMode") == "All" && count != 0)
            context.Invalid("count", count, "must not be specified when allocationMode is 'All'");
        else if (request.GetString("allocationMode") == "ExactCount" && count <= 0)
            context.Invalid("count", count, "must be greater than zero");
    }

    public static void CheckToleration(ObjectValue toleration, CheckContext context)
    {
        if (toleration.GetString("key") is { Length: > 0 } key)
            context.AddInvalid(context.At("key"), key, NameRules.QualifiedName(key));
        var value = toleration.GetString("value") ?? "";
        if (toleration.GetString("operator") == "Exists" && value.Length > 0)
            context.Invalid("value", value, "must be empty for operator `Exists`");
        else if (toleration.GetString("operator") == "Equal")
            context.AddInvalid(context.At("value"), value, NameRules.LabelValue(value));
    }

    public static void CheckOpaque(ObjectValue opaque, CheckContext context)
    {
        DomainRules.CheckDriver(context.At("driver"), opaque.GetString("driver") ?? "", context);
        DeviceNames.CheckDocument(context.At("parameters"), opaque["parameters"], DocumentMaximumBytes, context);
    }

    /// <summary>Whether a text names a request of a claim, or one of its alternatives.</summary>
    public static void CheckReference(string name, ObjectValue claim, FieldPath path, CheckContext context)
    {
        var segments = name.Split('/');
        if (segments.Length > 2)
        {
            context.Add(FieldError.Invalid(path, name, Reference));
            return;
        }

        foreach (var segment in segments)
            context.AddInvalid(path, segment, NameRules.DnsLabel(segment));
        var request = Named(claim.GetList("requests"), segments[0]);
        if (request is null || (segments.Length == 2 && Named(request.GetList("firstAvailable"), segments[1]) is null))
            context.Add(FieldError.Invalid(path, name, Reference));
    }

    /// <summary>References to requests, each once.</summary>
    public static void CheckReferences(ListValue names, ObjectValue claim, FieldPath path, CheckContext context)
    {
        if (names.Count > MostRequests)
        {
            context.Add(FieldError.TooMany(path, names.Count, MostRequests));
            return;
        }

        for (var i = 0; i < names.Count; i++)
        {
            CheckReference(names[i].AsString() ?? "", claim, path.Index(i), context);
            if (names.Take(i).Any(n => n.DeepEquals(names[i])))
                context.Add(FieldError.Duplicate(path.Index(i), names[i]));
        }
    }

    private static void CheckConstraints(ObjectValue claim, CheckContext context)
    {
        var constraints = claim.GetList("constraints") ?? [];
        for (var i = 0; i < constraints.Count && constraints.Count <= MostRequests; i++)
        {
            var (path, constraint) = (context.At("constraints").Index(i), constraints[i].AsObject() ?? []);
            CheckReferences(constraint.GetList("requests") ?? [], claim, path.Child("requests"), context);
            if (constraint.GetString("matchAttribute") is { } match)
                DeviceNames.CheckFullyQualified(path.Child("matchAttribute"), match, context);
            else if (constraint.GetString("distinctAttribute") is { } distinct)
                DeviceNames.CheckFullyQualified(path.Child("distinctAttribute"), distinct, context);
            else
                context.Add(FieldError.Required(path, "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set"));
        }
    }

    private static void CheckConfig(ObjectValue claim, CheckContext context)
    {
        var config = claim.GetList("config") ?? [];
        for (var i = 0; i < config.Count && config.Count <= MostRequests; i++)
            CheckReferences(config[i].AsObject()?.GetList("requests") ?? [], claim, context.At("config").Index(i).Child("requests"), context);
    }

    private static void CheckUnique(ListValue requests, FieldPath path, CheckContext context)
    {
        for (var i = 1; i < requests.Count; i++)
        {
            var name = requests[i].AsObject()?.GetString("name") ?? "";
            if (requests.Take(i).Any(r => (r.AsObject()?.GetString("name") ?? "") == name))
                context.Add(FieldError.Duplicate(path.Index(i), name));
        }
    }

    private static ObjectValue? Named(ListValue? requests, string name) =>
        requests?.OfType<ObjectValue>().FirstOrDefault(r => r.GetString("name") == name);
}
