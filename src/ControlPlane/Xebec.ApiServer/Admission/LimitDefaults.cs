using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>Fills in a pod's requests and limits from a LimitRange, and notes it in the annotation upstream uses.</summary>
internal static class LimitDefaults
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public static void Apply(ObjectValue pod, LimitRangeItem item)
    {
        var notes = new List<string>();
        foreach (var container in PodContainers.In(pod, "containers"))
            Apply(container, item, "container", notes);
        foreach (var container in PodContainers.In(pod, "initContainers"))
            Apply(container, item, "init container", notes);
        if (notes.Count > 0)
            pod.GetOrAddObject("metadata").GetOrAddObject("annotations")[Annotation] = $"LimitRanger plugin set: {string.Join("; ", notes)}";
    }

    private static void Apply(ObjectValue container, LimitRangeItem item, string what, List<string> notes)
    {
        Merge(container, "requests", item.DefaultRequests, $" request for {what} {container.GetString("name")}", notes);
        Merge(container, "limits", item.DefaultLimits, $" limit for {what} {container.GetString("name")}", notes);
    }

    private static void Merge(ObjectValue container, string list, IReadOnlyDictionary<string, Quantity> defaults, string note, List<string> notes)
    {
        var set = new List<string>();
        foreach (var (resource, amount) in defaults)
        {
            var amounts = container.GetOrAddObject("resources").GetOrAddObject(list);
            if (amounts.ContainsKey(resource))
                continue;
            amounts[resource] = amount.ToString();
            set.Add(resource);
        }

        if (set.Count > 0)
            notes.Add(string.Join(", ", set.Order(StringComparer.Ordinal)) + note);
    }
}
