using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of what rules over pods: disruption budgets, priority classes, flow schemas and priority levels.</summary>
internal static class PolicyColumns
{
    public static TableColumn[] PodDisruptionBudget { get; } =
    [
        Column.Name,
        Column.Text("Min Available", "The minimum number of pods that must be available.", static o => Limit(o.At("spec", "minAvailable"))),
        Column.Text(
            "Max Unavailable", "The maximum number of pods that may be unavailable.", static o => Limit(o.At("spec", "maxUnavailable"))),
        Column.Integer(
            "Allowed Disruptions", "Calculated number of pods that may be disrupted at this time.",
            static o => o.Number("status", "disruptionsAllowed")),
        Column.Age,
    ];

    public static TableColumn[] PriorityClass { get; } =
    [
        Column.Name,
        Column.Integer("Value", "The integer value of this priority class.", static o => o.Number("value")),
        Column.Boolean("Global-Default", "Whether pods without a class get this one.", static o => o.Flag("globalDefault")),
        Column.Age,
        Column.Text("PreemptionPolicy", "The policy for preempting pods with lower priority.", static o => o.Text("preemptionPolicy")),
    ];

    public static TableColumn[] FlowSchema { get; } =
    [
        Column.Name,
        Column.Text(
            "PriorityLevel", "The priority level of its requests.", static o => o.Text("spec", "priorityLevelConfiguration", "name")),
        Column.Count(
            "MatchingPrecedence", "The schema with the lowest number is chosen.", static o => o.Number("spec", "matchingPrecedence")),
        Column.Text(
            "DistinguisherMethod", "How flows are told apart.",
            static o => o.Text("spec", "distinguisherMethod", "type").Or(CellText.None)),
        Column.Age,
        Column.Text(
            "MissingPL", "references a broken or non-existent PriorityLevelConfiguration",
            static o => o.Condition("Dangling").Text("status").Or("?")),
    ];

    public static TableColumn[] PriorityLevelConfiguration { get; } =
    [
        Column.Name,
        Column.Text("Type", "Limited or Exempt.", static o => o.Text("spec", "type")),
        Limited(
            "NominalConcurrencyShares", "Its share of the concurrency.", static o => o.At("spec", "limited", "nominalConcurrencyShares")),
        Limited("Queues", "The number of queues.", static o => Queuing(o, "queues")),
        Limited("HandSize", "How many queues a flow may use.", static o => Queuing(o, "handSize")),
        Limited("QueueLengthLimit", "The maximum number of requests waiting in a queue.", static o => Queuing(o, "queueLengthLimit")),
        Column.Age,
    ];

    private static TableColumn Limited(string name, string description, Func<ObjectValue, Value?> cell) =>
        new(name, "string", description, 0, (o, _) => cell(o) ?? CellText.None);

    private static Value? Queuing(ObjectValue level, string field) => level.At("spec", "limited", "limitResponse", "queuing", field);

    private static string Limit(Value? limit) => limit is null ? "N/A" : CellText.IntOrString(limit);
}
