using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>A Service's own addresses and their families. The walk stands on the spec.</summary>
internal static class ServiceAddressRules
{
    private const string Fixed = "may not change once set";
    private static readonly string[] Families = ["IPv4", "IPv6"];

    public static void Check(ObjectValue spec, bool headless, CheckContext context)
    {
        var addresses = spec.GetList("clusterIPs") ?? [];
        var first = spec.GetString("clusterIP") ?? "";
        if (first.Length > 0 && addresses.Count == 0)
            context.Required("clusterIPs");
        else if (first.Length > 0 && addresses[0].AsString() != first)
            context.Invalid("clusterIPs", addresses, "first value must match `clusterIP`");
        else if (first.Length == 0 && addresses.Count > 0)
            context.Invalid("clusterIPs", addresses, "must be empty when `clusterIP` is not specified");
        var families = spec.GetList("ipFamilies") ?? [];
        CheckFamilies(families, context);
        if (CheckAddresses(addresses, context))
            CheckPairs(addresses, families, headless, context);
    }

    private static void CheckFamilies(ListValue families, CheckContext context)
    {
        for (var i = 0; i < families.Count; i++)
        {
            if (Array.IndexOf(Families, families[i].AsString()) < 0)
                context.Add(FieldError.NotSupported(context.At("ipFamilies").Index(i), families[i], Families));
            if (families.Take(i).Any(families[i].DeepEquals))
                context.Add(FieldError.Duplicate(context.At("ipFamilies").Index(i), families[i]));
        }
    }

    private static bool CheckAddresses(ListValue addresses, CheckContext context)
    {
        var valid = true;
        for (var i = 0; i < addresses.Count; i++)
        {
            var text = addresses[i].AsString() ?? "";
            if (i == 0 && text == "None")
            {
                if (addresses.Count == 1)
                    continue;
                valid = false;
                context.Invalid("clusterIPs", addresses, "'None' must be the first and only value");
            }
            else if (AddressRules.Ip(text) is { Count: > 0 } messages)
            {
                valid = false;
                context.AddInvalid(context.At("clusterIPs").Index(i), text, messages);
            }
        }

        if (addresses.Count > 2)
            context.Invalid("clusterIPs", addresses, "may only hold up to 2 values");
        return valid;
    }

    private static void CheckPairs(ListValue addresses, ListValue families, bool headless, CheckContext context)
    {
        var texts = addresses.Select(a => a.AsString() ?? "").ToArray();
        if (texts.Length > 1 && !(texts.Any(AddressFamilies.IsIPv6) && !texts.All(AddressFamilies.IsIPv6)))
            context.Invalid("clusterIPs", addresses, "may specify no more than one IP for each IP family");
        for (var i = 0; !headless && i < Math.Min(texts.Length, families.Count); i++)
        {
            var family = families[i].AsString();
            if (Array.IndexOf(Families, family) < 0 || (family == "IPv6") == AddressFamilies.IsIPv6(texts[i]))
                continue;
            context.AddInvalid(context.At("clusterIPs").Index(i), texts[i], [$"expected an {family} value as indicated by `ipFamilies[{i}]`"]);
        }
    }

    /// <summary>The first address stays; the second may come, and go with the policy that says so.</summary>
    public static void CheckUpdate(ObjectValue spec, ObjectValue before, CheckContext context)
    {
        if (ServiceRules.IsHeadless(spec) && ServiceRules.IsHeadless(before))
            return;
        var (now, old) = (spec.GetList("clusterIPs") ?? [], before.GetList("clusterIPs") ?? []);
        if (now.Count == old.Count)
            CheckSame(now, old, context);
        else
            CheckFirst(now, old, context);
        if (now.Count == 1 && old.Count > 1)
            CheckReleased(spec, "clusterIP", context);
    }

    private static void CheckSame(ListValue now, ListValue old, CheckContext context)
    {
        for (var i = 0; i < old.Count; i++)
        {
            if (!old[i].DeepEquals(now[i]))
                context.AddInvalid(context.At("clusterIPs").Index(i), now, [Fixed]);
        }
    }

    private static void CheckFirst(ListValue now, ListValue old, CheckContext context)
    {
        if (now.Count == 0)
            context.Add(FieldError.Invalid(context.At("clusterIPs").Index(0), null, "primary clusterIP can not be unset"));
        else if (old.Count > 0 && !old[0].DeepEquals(now[0]))
            context.AddInvalid(context.At("clusterIPs").Index(0), now, [Fixed]);
    }

    private static void CheckReleased(ObjectValue spec, string what, CheckContext context)
    {
        if (spec.GetString("ipFamilyPolicy") is var policy && policy != "SingleStack")
            context.Invalid("ipFamilyPolicy", policy ?? Value.Null, $"must be set to 'SingleStack' when releasing the secondary {what}");
    }

    /// <summary>The same of the families.</summary>
    public static void CheckFamiliesUpdate(ObjectValue spec, ObjectValue before, CheckContext context)
    {
        if (ServiceRules.IsHeadless(spec) || ServiceRules.IsHeadless(before))
            return;
        var (now, old) = (spec.GetList("ipFamilies") ?? [], before.GetList("ipFamilies") ?? []);
        var path = context.At("ipFamilies").Index(0);
        if (now.Count == old.Count)
        {
            for (var i = 0; i < old.Count; i++)
            {
                if (!old[i].DeepEquals(now[i]))
                    context.AddInvalid(path, now, [Fixed]);
            }

            return;
        }

        if (old.Count > now.Count && spec["clusterIPs"].IsZero())
            context.Add(FieldError.Invalid(path, now, "primary ipFamily can not be unset"));
        if (now.Count > 0 && old.Count > 0 && !now[0].DeepEquals(old[0]))
            context.Add(FieldError.Invalid(path, spec.GetList("clusterIPs"), Fixed));
        if (old.Count > now.Count && now.Count == 1)
            CheckReleased(spec, "ipFamily", context);
    }
}
