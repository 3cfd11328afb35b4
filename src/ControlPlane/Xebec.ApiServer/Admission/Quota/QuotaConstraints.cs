using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>A quota on a compute resource needs every container to say how much of it it wants.</summary>
internal static class QuotaConstraints
{
    private static readonly string[] Compute = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>What containers do not say, as upstream lists it ("limits.cpu for: a,b; …"); empty when all is said.</summary>
    public static string Missing(QuotaFacts quota, ObjectValue pod)
    {
        if (ResourceAmounts.Read(pod.GetObject("spec")?.GetObject("resources"), "requests").Count > 0)
            return "";
        var missing = new List<string>();
        foreach (var resource in Compute.Where(quota.Hard.ContainsKey).Order(StringComparer.Ordinal))
        {
            var names = PodContainers.Of(pod).Where(c => !Says(c, resource)).Select(c => c.GetString("name")).Order(StringComparer.Ordinal).ToArray();
            if (names.Length > 0)
                missing.Add($"{resource} for: {string.Join(',', names)}");
        }

        return string.Join("; ", missing);
    }

    private static bool Says(ObjectValue container, string resource)
    {
        var (list, name) = resource.Split('.') is [var prefix, var rest] ? (prefix, rest) : ("requests", resource);
        return container.GetObject("resources")?.GetObject(list)?.ContainsKey(name) == true;
    }
}
