using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Claims: born pending; where their data comes from stands in the older and in the newer field (KEP-1495).</summary>
internal sealed class PersistentVolumeClaimStrategy : ResourceStrategy
{
    private static readonly string[] Shared = ["apiGroup", "kind", "name"];

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue { { "phase", "Pending" } };
        var spec = created.GetOrAddObject("spec");
        spec.GetObject("dataSourceRef")?.Remove("namespace");
        if (spec.GetObject("dataSource") is { } source && !IsKnownSource(source))
            spec.Remove("dataSource");
        Normalize(spec);
    }

    /// <summary>Of a claim that was stored before the newer field was known, too: the two must not seem to differ.</summary>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        var spec = updated.GetOrAddObject("spec");
        spec.GetObject("dataSourceRef")?.Remove("namespace");
        Normalize(spec);
        Normalize(stored.GetOrAddObject("spec"));
    }

    private static bool IsKnownSource(ObjectValue source) => (source.GetString("apiGroup") ?? "", source.GetString("kind")) is
        ("", "PersistentVolumeClaim") or ("snapshot.storage.k8s.io", "VolumeSnapshot");

    private static void Normalize(ObjectValue spec)
    {
        var (source, reference) = (spec.GetObject("dataSource"), spec.GetObject("dataSourceRef"));
        if (source is not null && reference is null)
            spec["dataSourceRef"] = Copy(source);
        else if (source is null && reference is not null)
            spec["dataSource"] = Copy(reference);
    }

    private static ObjectValue Copy(ObjectValue source)
    {
        var copy = new ObjectValue();
        foreach (var name in Shared)
            copy[name] = source[name];
        return copy;
    }
}
