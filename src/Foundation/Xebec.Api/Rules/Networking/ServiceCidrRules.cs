using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>ServiceCIDRs: one range, or one of each family; the second may be added later, nothing else may change.</summary>
internal static class ServiceCidrRules
{
    private const string Immutable = "field is immutable";

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var ranges = spec.GetList("cidrs") ?? [];
        if (ranges.Count > 2)
            context.Invalid("cidrs", spec, "may only hold up to 2 values");
        for (var i = 0; i < ranges.Count && ranges.Count <= 2; i++)
            context.AddInvalid(context.At("cidrs").Index(i), ranges[i], CanonicalAddresses.Cidr(ranges[i].AsString() ?? ""));
        if (ranges.Count == 2 && Family(ranges[0]) is { } first && first == Family(ranges[1]))
            context.Invalid("cidrs", ranges, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var path = FieldPath.Root("spec").Child("cidrs");
        var (now, before) = (Ranges(updated), Ranges(stored));
        if (now.Count != before.Count && (before.Count, now.Count) != (1, 2))
        {
            context.Add(FieldError.Invalid(path, now, Immutable));
            return;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (!now[i].DeepEquals(before[i]))
                context.Add(FieldError.Invalid(path.Index(i), now[i], Immutable));
        }
    }

    private static ListValue Ranges(ObjectValue item) => item.GetObject("spec")?.GetList("cidrs") ?? [];

    private static bool? Family(Value range) => CanonicalAddresses.IsIPv6(range.AsString() ?? "");
}
