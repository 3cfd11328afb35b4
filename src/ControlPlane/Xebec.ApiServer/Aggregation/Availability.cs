using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Aggregation;

/// <summary>What an Available condition says.</summary>
/// <param name="Status">True or False.</param>
/// <param name="Reason">Upstream's reason.</param>
/// <param name="Message">For people.</param>
internal sealed record Availability(string Status, string Reason, string Message)
{
    public static Availability Passed { get; } = new("True", "Passed", "all checks passed");

    /// <summary>What Service and EndpointSlices alone say; null when the server is to be asked. Pure.</summary>
    public static Availability? OfObjects(RemoteBackend backend, ObjectValue? service, IReadOnlyList<ObjectValue> slices)
    {
        var place = $"service/{backend.Name} in \"{backend.Namespace}\"";
        if (service is null)
            return No("ServiceNotFound", $"{place} is not present");
        var spec = service.GetObject("spec");
        if (spec?.GetString("type") is not (null or "ClusterIP"))
            return null;
        var port = spec?.GetList("ports")?.OfType<ObjectValue>().FirstOrDefault(p => p["port"]?.AsInt64() == backend.Port);
        if (port is null)
            return No("ServicePortError", $"{place} is not listening on port {backend.Port}");
        if (slices.Count == 0)
            return No("EndpointsNotFound", $"cannot find endpointslices for {place}");
        var portName = port.GetString("name") ?? "";
        return slices.Any(s => Serves(s, portName))
            ? null
            : No("MissingEndpoints", $"endpointslices for {place} have no addresses with port name \"{portName}\"");
    }

    /// <summary>The server did not answer as it should.</summary>
    public static Availability FailedDiscovery(string why) => No("FailedDiscoveryCheck", why);

    private static Availability No(string reason, string message) => new("False", reason, message);

    private static bool Serves(ObjectValue slice, string portName) =>
        (slice.GetList("endpoints") ?? []).OfType<ObjectValue>().Any(e => e.GetObject("conditions")?["ready"]?.AsBool() != false) &&
        (slice.GetList("ports") ?? []).OfType<ObjectValue>().Any(p => (p.GetString("name") ?? "") == portName && p["port"] is not null);
}
