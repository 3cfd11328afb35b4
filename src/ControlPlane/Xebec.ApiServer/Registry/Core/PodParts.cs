using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>The parts of a pod that its subresources write; everything else is carried over.</summary>
internal static class PodParts
{
    private static readonly string[] KeptMetadata = ["labels", "annotations", "finalizers", "ownerReferences"];
    private static readonly string[] Resized = ["resources", "resizePolicy"];

    /// <summary>Carries over all but spec.ephemeralContainers.</summary>
    public static void KeepAllButEphemeralContainers(ObjectValue updated, ObjectValue stored)
    {
        var containers = updated.GetObject("spec")?["ephemeralContainers"];
        KeepRest(updated, stored);
        updated.GetOrAddObject("spec")["ephemeralContainers"] = containers;
    }

    /// <summary>
    /// Carries over all but the resources. Containers that were added, removed, renamed or reordered are left for validation to refuse.
    /// </summary>
    public static void KeepAllButResources(ObjectValue updated, ObjectValue stored)
    {
        var (spec, before) = (updated.GetOrAddObject("spec"), stored.GetObject("spec") ?? []);
        if (!SameCount(spec, before, "containers") || !SameCount(spec, before, "initContainers"))
            return;
        var (containers, init, resources) = (Merge(spec, before, "containers"), Merge(spec, before, "initContainers"), spec["resources"]);
        KeepRest(updated, stored);
        spec = updated.GetOrAddObject("spec");
        spec["containers"] = containers;
        spec["initContainers"] = init;
        spec["resources"] = resources;
    }

    private static bool SameCount(ObjectValue spec, ObjectValue before, string field) =>
        (spec.GetList(field)?.Count ?? 0) == (before.GetList(field)?.Count ?? 0);

    private static Value? Merge(ObjectValue spec, ObjectValue before, string field)
    {
        if (spec.GetList(field) is not { } now || before.GetList(field) is not { } old)
            return spec[field];
        var merged = (ListValue)old.DeepClone();
        for (var i = 0; i < now.Count; i++)
        {
            if (merged[i] is not ObjectValue container || now[i] is not ObjectValue given || container.GetString("name") != given.GetString("name"))
                return now;
            foreach (var name in Resized)
                container[name] = given[name];
        }

        return merged;
    }

    private static void KeepRest(ObjectValue updated, ObjectValue stored)
    {
        updated["spec"] = stored["spec"]?.DeepClone();
        updated["status"] = stored["status"];
        var metadata = updated.GetOrAddObject("metadata");
        foreach (var name in KeptMetadata)
            metadata[name] = stored.GetObject("metadata")?[name];
    }
}
