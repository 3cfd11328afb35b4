using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>What was allocated for a claim, who may use it, and what drivers say of the devices.</summary>
internal static class ResourceClaimStatusRules
{
    private const int MostConsumers = 256;
    private const int MostResults = 32;
    private const int MostConfig = 64;
    private const int DocumentMaximumBytes = 10 * 1024;

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (status, before) = (updated.GetObject("status") ?? [], stored.GetObject("status") ?? []);
        var claim = updated.GetObject("spec")?.GetObject("devices") ?? [];
        var path = FieldPath.Root("status");
        CheckConsumers(status, before, !updated.GetObject("metadata")?["deletionTimestamp"].IsAbsent() ?? false, path.Child("reservedFor"), context);
        CheckDevices(status, path.Child("devices"), context);
        if (status.GetObject("allocation") is not { } allocation)
            return;
        if (before.GetObject("allocation") is not { } old)
            CheckAllocation(allocation.GetObject("devices") ?? [], claim, path.Child("allocation", "devices"), context);
        else if (!allocation.DeepEquals(old))
            context.Add(FieldError.Invalid(path.Child("allocation"), allocation, "field is immutable"));
    }

    private static void CheckConsumers(ObjectValue status, ObjectValue before, bool isDeleted, FieldPath path, CheckContext context)
    {
        var consumers = status.GetList("reservedFor") ?? [];
        if (consumers.Count > MostConsumers)
            context.Add(FieldError.TooMany(path, consumers.Count, MostConsumers));
        for (var i = 0; i < consumers.Count && consumers.Count <= MostConsumers; i++)
        {
            var consumer = consumers[i].AsObject() ?? [];
            foreach (var field in new[] { "resource", "name", "uid" })
            {
                if (consumer[field].IsZero())
                    context.Add(FieldError.Required(path.Index(i).Child(field)));
            }

            if (consumers.Take(i).Any(c => c.AsObject()?.GetString("uid") == consumer.GetString("uid")))
                context.Add(FieldError.Duplicate(path.Index(i), consumer["uid"]));
        }

        if (consumers.Count > 0 && status["allocation"].IsAbsent())
            context.Add(FieldError.Forbidden(path, "may not be specified when `allocated` is not set"));
        else if (isDeleted && consumers.Any(c => before.GetList("reservedFor")?.Any(o => o.DeepEquals(c)) != true))
            context.Add(FieldError.Forbidden(path, "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set"));
    }

    private static void CheckAllocation(ObjectValue devices, ObjectValue claim, FieldPath path, CheckContext context)
    {
        var (results, config) = (devices.GetList("results") ?? [], devices.GetList("config") ?? []);
        if (results.Count > MostResults)
            context.Add(FieldError.TooMany(path.Child("results"), results.Count, MostResults));
        for (var i = 0; i < results.Count && results.Count <= MostResults; i++)
            CheckResult(results[i].AsObject() ?? [], claim, path.Child("results").Index(i), context);
        if (config.Count > MostConfig)
            context.Add(FieldError.TooMany(path.Child("config"), config.Count, MostConfig));
        for (var i = 0; i < config.Count && config.Count <= MostConfig; i++)
            CheckConfig(config[i].AsObject() ?? [], claim, path.Child("config").Index(i), context);
    }

    private static void CheckResult(ObjectValue result, ObjectValue claim, FieldPath path, CheckContext context)
    {
        DeviceClaimRules.CheckReference(result.GetString("request") ?? "", claim, path.Child("request"), context);
        CheckDeviceName(result, path, context);
        DeviceRules.CheckBindingConditions(result, path, context);
        if (result.GetString("shareID") is { } share)
            DeviceNames.CheckUid(path.Child("shareID"), share, context);
    }

    private static void CheckConfig(ObjectValue config, ObjectValue claim, FieldPath path, CheckContext context)
    {
        var source = config.GetString("source") ?? "";
        if (source.Length == 0)
            context.Add(FieldError.Required(path.Child("source")));
        else if (source is not ("FromClaim" or "FromClass"))
            context.Add(FieldError.NotSupported(path.Child("source"), source, ["FromClaim", "FromClass"]));
        DeviceClaimRules.CheckReferences(config.GetList("requests") ?? [], claim, path.Child("requests"), context);
    }

    private static void CheckDevices(ObjectValue status, FieldPath path, CheckContext context)
    {
        var devices = status.GetList("devices") ?? [];
        var allocated = status.GetObject("allocation")?.GetObject("devices")?.GetList("results") ?? [];
        for (var i = 0; i < devices.Count; i++)
        {
            var device = devices[i].AsObject() ?? [];
            CheckDeviceName(device, path.Index(i), context);
            if (device.GetString("shareID") is { } share)
                DeviceNames.CheckUid(path.Index(i).Child("shareID"), share, context);
            if (devices.Take(i).Any(d => Identity(d) == Identity(device)))
                context.Add(FieldError.Duplicate(path.Index(i), Identity(device)));
            if (!allocated.Any(a => Identity(a) == Identity(device)))
                context.Add(FieldError.Invalid(path.Index(i), Identity(device), "must be an allocated device in the claim"));
            if (!device["data"].IsAbsent())
                DeviceNames.CheckDocument(path.Index(i).Child("data"), device["data"], DocumentMaximumBytes, context);
        }
    }

    private static void CheckDeviceName(ObjectValue device, FieldPath path, CheckContext context)
    {
        DomainRules.CheckDriver(path.Child("driver"), device.GetString("driver") ?? "", context);
        DeviceNames.CheckPool(path.Child("pool"), device.GetString("pool") ?? "", context);
        var name = device.GetString("device") ?? "";
        context.AddInvalid(path.Child("device"), name, NameRules.DnsLabel(name));
    }

    private static string Identity(Value device)
    {
        var item = device.AsObject() ?? [];
        var share = item.GetString("shareID") is { Length: > 0 } id ? $"/{id}" : "";
        return $"{item.GetString("driver")}/{item.GetString("pool")}/{item.GetString("device")}{share}";
    }
}
