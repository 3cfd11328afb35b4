using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of services and of their endpoints.</summary>
internal static class ServiceColumns
{
    private const int EndpointsShown = 3;

    public static TableColumn[] Service { get; } =
    [
        Column.Name,
        Column.Text("Type", "How the service is exposed.", static o => o.Text("spec", "type")),
        Column.Text("Cluster-IP", "The address of the service inside the cluster.", ClusterIP),
        Column.Text("External-IP", "The addresses of the service outside the cluster.", ExternalIP),
        Column.Text("Port(s)", "The ports that are exposed by this service.", Ports),
        Column.Age,
        Column.Wide("Selector", "The labels of the pods that traffic is routed to.", static o => CellText.Labels(o.At("spec", "selector"))),
    ];

    public static TableColumn[] Endpoints { get; } =
    [
        Column.Name,
        Column.Text(
            "Endpoints", "The addresses and ports of the service.",
            static o => o.CountAt("subsets") == 0 ? CellText.None : Subsets(o)),
        Column.Age,
    ];

    public static TableColumn[] EndpointSlice { get; } =
    [
        Column.Name,
        Column.Text("AddressType", "The type of address carried by this slice.", static o => o.Text("addressType")),
        Column.Text("Ports", "The ports exposed by each endpoint in this slice.", SlicePorts),
        Column.Text(
            "Endpoints", "The endpoints in this slice.",
            static o => SliceEndpoints(o).Or(CellText.Unset)),
        Column.Age,
    ];

    private static string ClusterIP(ObjectValue service) =>
        (service.Texts("spec", "clusterIPs").FirstOrDefault() ?? service.Text("spec", "clusterIP")).Or(CellText.None);

    private static string ExternalIP(ObjectValue service)
    {
        var external = string.Join(',', service.Texts("spec", "externalIPs"));
        switch (service.Text("spec", "type"))
        {
            case "ClusterIP" or "NodePort":
                return external.Or(CellText.None);
            case "LoadBalancer":
                var balancer = CellText.LoadBalancer(service);
                return (balancer.Length > 0 && external.Length > 0 ? $"{balancer},{external}" : balancer + external).Or("<pending>");
            case "ExternalName":
                return service.Text("spec", "externalName");
            default:
                return "<unknown>";
        }
    }

    private static string Ports(ObjectValue service) => string.Join(',', service.Items("spec", "ports").Select(PortText)).Or(CellText.None);

    private static string PortText(ObjectValue port) => port.Number("nodePort") is > 0 and var nodePort
        ? $"{port.Number("port")}:{nodePort}/{port.Text("protocol")}"
        : $"{port.Number("port")}/{port.Text("protocol")}";

    private static string Subsets(ObjectValue endpoints) => CellText.FirstOf(
        [.. endpoints.Items("subsets").SelectMany(s => s.CountAt("ports") == 0 ? WithoutPorts(s) : WithPorts(s))],
        EndpointsShown);

    private static IEnumerable<string> WithoutPorts(ObjectValue subset) => subset.Items("addresses").Select(a => a.Text("ip"));

    private static IEnumerable<string> WithPorts(ObjectValue subset) =>
        subset.Items("ports").SelectMany(p => subset.Items("addresses").Select(a => HostPort(a.Text("ip"), p.Number("port"))));

    private static string SliceEndpoints(ObjectValue slice) =>
        CellText.FirstOf([.. slice.Items("endpoints").SelectMany(e => e.Texts("addresses"))], EndpointsShown);

    private static string HostPort(string host, long port) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    private static string SlicePorts(ObjectValue slice) => CellText.FirstOf(
        [.. slice.Items("ports").Select(p => p.At("port") is { } number ? number.ToString() : p.At("name") is null ? "*" : p.Text("name"))],
        EndpointsShown).Or(CellText.Unset);
}
