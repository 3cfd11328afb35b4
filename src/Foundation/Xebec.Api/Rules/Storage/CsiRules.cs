using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Storage;

/// <summary>CSI drivers, what nodes have of them, and their capacities.</summary>
internal static class CsiRules
{
    private const int NodeIdMaximumLength = 256;
    private const long ShortestTokenSeconds = 600;
    private const long ShortestPeriodSeconds = 10;

    private static readonly string[] Modes = ["Persistent", "Ephemeral"];

    public static void CheckDriver(ObjectValue spec, CheckContext context)
    {
        foreach (var mode in spec.GetList("volumeLifecycleModes") ?? [])
        {
            if (Array.IndexOf(Modes, mode.AsString()) < 0)
                context.NotSupported("volumeLifecycleModes", mode, Modes);
        }

        if (spec["nodeAllocatableUpdatePeriodSeconds"]?.AsInt64() is { } seconds and < ShortestPeriodSeconds)
            context.Invalid("nodeAllocatableUpdatePeriodSeconds", seconds, "must be greater than or equal to 10 seconds");
        CheckTokens(spec.GetList("tokenRequests") ?? [], context);
    }

    public static void CheckDriverUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (now, before) = (updated.GetObject("spec")?["attachRequired"], stored.GetObject("spec")?["attachRequired"]);
        if (now?.AsBool() != before?.AsBool())
            context.Add(FieldError.Invalid(FieldPath.Root("spec").Child("attachedRequired"), now, "field is immutable"));
    }

    public static void CheckNodeDriver(ObjectValue driver, CheckContext context)
    {
        if (driver.GetString("name") is { Length: > 0 } name)
            DomainRules.CheckDriver(context.At("name"), name, context);
        if (driver.GetString("nodeID") is { Length: > NodeIdMaximumLength } id)
            context.Invalid("nodeID", id, $"must be {NodeIdMaximumLength} characters or less");
        var keys = driver.GetList("topologyKeys") ?? [];
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i].AsString() ?? "";
            if (key.Length == 0)
                context.Add(FieldError.Required(context.Here));
            if (keys.Take(i).Any(k => k.AsString() == key))
                context.Add(FieldError.Duplicate(context.Here, key));
            context.AddInvalid(context.Here, key, NameRules.QualifiedName(key));
        }
    }

    /// <summary>A driver on a node stays as it is, but for how much it can take.</summary>
    public static void CheckNodeUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        foreach (var before in Drivers(stored))
        {
            foreach (var now in Drivers(updated))
            {
                if (now.GetString("name") == before.GetString("name") && !WithoutAllocatable(now).DeepEquals(WithoutAllocatable(before)))
                    context.Add(FieldError.Invalid(FieldPath.Root("spec").Child("drivers"), WithoutAllocatable(now), "field is immutable"));
            }
        }
    }

    public static void CheckCapacity(ObjectValue capacity, CheckContext context)
    {
        if (Quantity.TryParse(capacity.GetString("capacity") ?? "", out var amount) && amount.Value < 0)
            context.Invalid("capacity", capacity["capacity"], "must be greater than or equal to 0");
    }

    private static void CheckTokens(ListValue requests, CheckContext context)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            var (path, request) = (context.At("tokenRequests").Index(i), requests[i].AsObject() ?? []);
            var audience = request.GetString("audience") ?? "";
            if (requests.Take(i).Any(r => (r.AsObject()?.GetString("audience") ?? "") == audience))
                context.Add(FieldError.Duplicate(path.Child("audience"), audience));
            else if (request["expirationSeconds"]?.AsInt64() is { } seconds)
                CheckExpiration(seconds, path.Child("expirationSeconds"), context);
        }
    }

    private static void CheckExpiration(long seconds, FieldPath path, CheckContext context)
    {
        if (seconds < ShortestTokenSeconds)
            context.Add(FieldError.Invalid(path, seconds, "may not specify a duration less than 10 minutes"));
        if (seconds > 1L << 32)
            context.Add(FieldError.Invalid(path, seconds, "may not specify a duration larger than 2^32 seconds"));
    }

    private static IEnumerable<ObjectValue> Drivers(ObjectValue node) => node.GetObject("spec")?.GetList("drivers")?.OfType<ObjectValue>() ?? [];

    private static ObjectValue WithoutAllocatable(ObjectValue driver)
    {
        var copy = (ObjectValue)driver.DeepClone();
        copy.Remove("allocatable");
        return copy;
    }
}
