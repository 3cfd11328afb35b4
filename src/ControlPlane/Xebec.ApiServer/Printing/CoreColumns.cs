using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the core group's kinds that have no file of their own.</summary>
internal static class CoreColumns
{
    public static TableColumn[] Namespace { get; } =
    [
        Column.Name,
        Column.Text("Status", "The status of the namespace", static o => o.Text("status", "phase")),
        Column.Age,
    ];

    public static TableColumn[] Secret { get; } =
    [
        Column.Name,
        Column.Text("Type", "Used to facilitate programmatic handling of secret data.", static o => o.Text("type")),
        Column.Count("Data", "How many keys the secret has.", static o => o.CountAt("data")),
        Column.Age,
    ];

    public static TableColumn[] ConfigMap { get; } =
    [
        Column.Name,
        Column.Count("Data", "How many keys the configuration has.", static o => o.CountAt("data") + o.CountAt("binaryData")),
        Column.Age,
    ];

    public static TableColumn[] ServiceAccount { get; } =
    [
        Column.Name,
        Column.Count("Secrets", "How many secrets pods with this service account may use.", static o => o.CountAt("secrets")),
        Column.Age,
    ];

    public static TableColumn[] ComponentStatus { get; } =
    [
        Column.Name,
        Column.Text(
            "Status", "Status of the component conditions",
            static o => Health(o) switch { "True" => "Healthy", "False" => "Unhealthy", _ => "Unknown" }),
        Column.Text("Message", "Message of the component conditions", static o => HealthCondition(o).Text("message")),
        Column.Text("Error", "Error of the component conditions", static o => HealthCondition(o).Text("error")),
    ];

    public static TableColumn[] ResourceQuota { get; } =
    [
        Column.Name,
        Column.Text(
            "Request", "Request represents a minimum amount of cpu/memory that a container may consume.",
            static o => Quota(o, limits: false)),
        Column.Text(
            "Limit", "Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.",
            static o => Quota(o, limits: true)),
        Column.Age,
    ];

    private static ObjectValue? HealthCondition(ObjectValue status) =>
        status.Items("conditions").FirstOrDefault(c => c.Text("type") == "Healthy");

    private static string Health(ObjectValue status) => HealthCondition(status).Text("status");

    private static string Quota(ObjectValue quota, bool limits)
    {
        var used = quota.At("status", "used");
        var hard = (quota.At("status", "hard") as ObjectValue ?? []).OrderBy(p => p.Key, StringComparer.Ordinal);
        return string.Join(", ", hard.Where(p => p.Key.StartsWith("limits.", StringComparison.Ordinal) == limits)
            .Select(p => $"{p.Key}: {used.Text(p.Key).Or("0")}/{p.Value.AsString()}"));
    }
}
