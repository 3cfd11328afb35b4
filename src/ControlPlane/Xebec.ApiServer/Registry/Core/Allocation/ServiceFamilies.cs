using Xebec.Api.Rules.Core;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>
/// Settles which families of addresses a Service has, on a cluster that gives out addresses of one. Upstream does the same before it
/// gives out any, so that what cannot be had is refused with a word about the family.
/// </summary>
internal sealed class ServiceFamilies(string family)
{
    private static readonly FieldPath Policy = FieldPath.Root("spec").Child("ipFamilyPolicy");
    private static readonly FieldPath Families = FieldPath.Root("spec").Child("ipFamilies");

    /// <summary>Sets policy and families of a Service that has addresses.</summary>
    /// <exception cref="ApiException">422 when the cluster cannot give what the Service asks for.</exception>
    public void Settle(ObjectValue service, ObjectValue? before)
    {
        var spec = service.GetObject("spec")!;
        if (!ServiceUse.NeedsAddress(spec) || (before is not null && PrefersTheSame(spec, before)))
            return;
        if (spec.GetString("ipFamilyPolicy") is null or "")
            spec["ipFamilyPolicy"] = before?.GetString("ipFamilyPolicy") ?? (IsOpen(spec) ? "RequireDualStack" : "SingleStack");
        Refuse(service, [.. ServiceAddresses.Problems(spec)]);
        List<FieldError> problems = [];
        if (before is not null)
            FollowPolicy(spec, before, problems);
        CheckPolicy(spec, problems);
        Infer(spec, problems);
        Refuse(service, problems);
        Complete(service, spec);
    }

    private void Complete(ObjectValue service, ObjectValue spec)
    {
        if (IsOpen(spec))
        {
            AddOther(spec);
            return;
        }

        List<FieldError> problems = [];
        if (spec.GetString("ipFamilyPolicy") is "RequireDualStack")
            problems.Add(FieldError.Invalid(Policy, "RequireDualStack", "this cluster is not configured for dual-stack services"));
        var families = spec.GetList("ipFamilies") ?? [];
        for (var i = 0; i < families.Count; i++)
        {
            if (families[i].AsString() != family)
                problems.Add(FieldError.Invalid(Families.Index(i), families[i], "not configured on this cluster"));
        }

        Refuse(service, problems);
        if (families.Count == 0)
            spec["ipFamilies"] = new ListValue([family]);
    }

    // Nobody here picks the endpoints of a Service without address and selector: it may have both families on any cluster.
    private static bool IsOpen(ObjectValue spec) => spec.GetString("clusterIP") is "None" && spec.GetObject("selector") is not { Count: > 0 };

    private void AddOther(ObjectValue spec)
    {
        if (spec.GetList("ipFamilies") is not { Count: > 0 })
            spec["ipFamilies"] = new ListValue([family]);
        var families = spec.GetList("ipFamilies")!;
        if (families.Count < 2 && spec.GetString("ipFamilyPolicy") is not "SingleStack")
            families.Add(families[0].AsString() == "IPv4" ? "IPv6" : "IPv4");
    }

    private static void CheckPolicy(ObjectValue spec, List<FieldError> problems)
    {
        if (spec.GetString("ipFamilyPolicy") is not "SingleStack")
            return;
        foreach (var (field, what) in new[] { ("clusterIPs", "cluster IPs"), ("ipFamilies", "IP families") })
        {
            if (spec.GetList(field) is { Count: 2 })
                problems.Add(FieldError.Invalid(Policy, "SingleStack", $"must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified"));
        }
    }

    private void Infer(ObjectValue spec, List<FieldError> problems)
    {
        var addresses = spec.GetList("clusterIPs") ?? [];
        for (var i = spec.GetList("ipFamilies")?.Count ?? 0; i < addresses.Count && addresses[0].AsString() is not "None"; i++)
        {
            var found = addresses[i].AsString()!.Contains(':') ? "IPv6" : "IPv4";
            if (found == family)
                spec["ipFamilies"] = new ListValue([.. spec.GetList("ipFamilies") ?? [], found]);
            else
                problems.Add(FieldError.Invalid(FieldPath.Root("spec").Child("clusterIPs").Index(i), addresses, $"{found} is not configured on this cluster"));
        }
    }

    // Who says SingleStack and leaves the rest as it was gives up the second address; who drops the second must say so.
    private static void FollowPolicy(ObjectValue spec, ObjectValue before, List<FieldError> problems)
    {
        foreach (var (field, what) in new[] { ("clusterIPs", "cluster IP"), ("ipFamilies", "IP family") })
        {
            var (now, old) = (spec.GetList(field) ?? [], before.GetList(field) ?? []);
            if (spec.GetString("ipFamilyPolicy") is not "SingleStack")
            {
                if (now.Count == 1 && old.Count == 2)
                    problems.Add(FieldError.Invalid(Policy, spec["ipFamilyPolicy"], $"must be 'SingleStack' to release the secondary {what}"));
            }
            else if (now.Count > 1 && now.DeepEquals(old))
                spec[field] = new ListValue([now[0]]);
        }
    }

    private static bool PrefersTheSame(ObjectValue spec, ObjectValue before) =>
        spec.GetString("ipFamilyPolicy") is "PreferDualStack" && before.GetString("ipFamilyPolicy") is "PreferDualStack"
        && Same(spec["clusterIPs"], before["clusterIPs"]) && Same(spec["ipFamilies"], before["ipFamilies"]);

    private static bool Same(Value? one, Value? other) => one is null ? other is null : one.DeepEquals(other);

    private static void Refuse(ObjectValue service, List<FieldError> problems)
    {
        if (problems.Count > 0)
            throw ApiErrors.Invalid("", "Service", service.GetObject("metadata")?.GetString("name") ?? "", problems);
    }
}
