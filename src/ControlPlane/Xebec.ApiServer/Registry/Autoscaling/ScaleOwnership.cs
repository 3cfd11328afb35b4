using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Autoscaling;

/// <summary>
/// Who owns a workload's replicas, as the Scale shows it and as the workload keeps it: server-side apply of one sees the owners of the
/// other (KEP-555, "scale subresource").
/// </summary>
internal static class ScaleOwnership
{
    private const string ScaleVersion = "autoscaling/v1";

    /// <summary>The entries of the workload that own its replicas, as those of the Scale.</summary>
    public static ListValue OfScale(ObjectValue workload) =>
        new(Entries(workload).Where(OwnsReplicas).Select(entry => With(entry, ScaleVersion, OnlyReplicas())));

    /// <summary>Writes into the workload what an apply has made of the Scale's entries.</summary>
    public static void Return(ObjectValue workload, ObjectValue scale, string workloadVersion)
    {
        var owners = Entries(scale).ToDictionary(Owner);
        var kept = new ListValue();
        foreach (var entry in Entries(workload))
        {
            if (!OwnsReplicas(entry) || owners.Remove(Owner(entry)))
                kept.Add(entry);
            else if (WithoutReplicas(entry) is { } rest)
                kept.Add(rest);
        }

        foreach (var owner in owners.Values)
            kept.Add(With(owner, workloadVersion, OnlyReplicas()));
        workload.GetOrAddObject("metadata")["managedFields"] = kept;
    }

    private static IEnumerable<ObjectValue> Entries(ObjectValue item) =>
        (item.GetObject("metadata")?.GetList("managedFields") ?? []).Select(entry => entry.AsObject()!);

    private static (string?, string?, string?) Owner(ObjectValue entry) =>
        (entry.GetString("manager"), entry.GetString("operation"), entry.GetString("subresource"));

    private static bool OwnsReplicas(ObjectValue entry) => entry.GetObject("fieldsV1")?.GetObject("f:spec")?.ContainsKey("f:replicas") == true;

    private static ObjectValue OnlyReplicas() => new() { { "f:spec", new ObjectValue { { "f:replicas", new ObjectValue() } } } };

    private static ObjectValue With(ObjectValue entry, string version, ObjectValue fields)
    {
        var copy = (ObjectValue)entry.DeepClone();
        (copy["apiVersion"], copy["fieldsV1"]) = (version, fields);
        return copy;
    }

    private static ObjectValue? WithoutReplicas(ObjectValue entry)
    {
        var copy = (ObjectValue)entry.DeepClone();
        var fields = copy.GetObject("fieldsV1")!;
        fields.GetObject("f:spec")!.Remove("f:replicas");
        if (fields.GetObject("f:spec")!.Count == 0)
            fields.Remove("f:spec");
        return fields.Count == 0 ? null : copy;
    }
}
