using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>events.k8s.io/v1 Events are stored as core/v1 Events: the same facts under other names.</summary>
internal static class EventConversion
{
    private static readonly (string Served, string Stored)[] Names =
    [
        ("regarding", "involvedObject"), ("note", "message"), ("reportingController", "reportingComponent"),
        ("deprecatedSource", "source"), ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"), ("deprecatedCount", "count"),
    ];

    /// <summary>To core/v1.</summary>
    public static ObjectValue ToStorage(ObjectValue served) => Rename(served, "v1", static n => n.Served, static n => n.Stored);

    /// <summary>To events.k8s.io/v1.</summary>
    public static ObjectValue FromStorage(ObjectValue stored) => Rename(stored, "events.k8s.io/v1", static n => n.Stored, static n => n.Served);

    private static ObjectValue Rename(
        ObjectValue item, string apiVersion, Func<(string Served, string Stored), string> from, Func<(string Served, string Stored), string> to)
    {
        var result = new ObjectValue();
        foreach (var (name, value) in item)
        {
            var at = Array.FindIndex(Names, n => from(n) == name);
            result[at < 0 ? name : to(Names[at])] = value;
        }

        result["apiVersion"] = apiVersion;
        return result;
    }
}
