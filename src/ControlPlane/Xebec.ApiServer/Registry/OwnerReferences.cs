using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>metadata.ownerReferences as it is stored: no owner twice.</summary>
internal static class OwnerReferences
{
    /// <summary>Drops repeated owners and tells the client so.</summary>
    public static void Deduplicate(ObjectValue written, Action<string> warn)
    {
        if (written.GetObject("metadata")?.GetList("ownerReferences") is not { Count: > 1 } owners)
            return;
        var kept = new ListValue();
        var repeated = new List<string>();
        foreach (var owner in owners)
        {
            if (kept.Any(owner.DeepEquals))
                repeated.Add((owner as ObjectValue)?.GetString("uid") ?? "");
            else
                kept.Add(owner);
        }

        if (repeated.Count == 0)
            return;
        written.GetObject("metadata")!["ownerReferences"] = kept;
        warn(
            ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests " +
            $"as early as 1.24; please fix your requests; duplicate UID(s) observed: {string.Join(", ", repeated)}");
    }
}
