using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of webhooks and admission policies, and of API services.</summary>
internal static class AdmissionRegistrationColumns
{
    public static TableColumn[] Webhooks { get; } =
    [
        Column.Name,
        Column.Integer(
            "Webhooks", "Webhooks indicates the number of webhooks registered in this configuration", static o => o.CountAt("webhooks")),
        Column.Age,
    ];

    public static TableColumn[] ValidatingAdmissionPolicy { get; } =
    [
        Column.Name,
        Column.Integer(
            "Validations", "Validations indicates the number of validation rules defined in this configuration",
            static o => o.CountAt("spec", "validations")),
        Column.Text("ParamKind", "ParamKind specifies the kind of resources used to parameterize this policy", ParamKind),
        Column.Age,
    ];

    public static TableColumn[] MutatingAdmissionPolicy { get; } =
    [
        Column.Name,
        Column.Integer(
            "Mutations", "Mutation indicates the number of mutations rules defined in this configuration",
            static o => o.CountAt("spec", "mutations")),
        Column.Text("ParamKind", "ParamKind specifies the kind of resources used to parameterize this policy", ParamKind),
        Column.Age,
    ];

    public static TableColumn[] PolicyBinding { get; } =
    [
        Column.Name,
        Column.Text(
            "PolicyName", "PolicyName indicates the policy definition which the policy binding binded to",
            static o => o.Text("spec", "policyName")),
        Column.Text("ParamRef", "ParamRef indicates the param resource which sets the configration param", ParamReference),
        Column.Age,
    ];

    public static TableColumn[] ApiService { get; } =
    [
        Column.Name,
        Column.Text("Service", "The reference to the service that hosts this API endpoint.", Service),
        Column.Text("Available", "Whether this service is available.", Available),
        Column.Age,
    ];

    private static string ParamKind(ObjectValue policy) => policy.At("spec", "paramKind") is { } kind
        ? $"{kind.Text("apiVersion")}/{kind.Text("kind")}"
        : CellText.Unset;

    private static string ParamReference(ObjectValue binding)
    {
        if (binding.At("spec", "paramRef") is not { } reference)
            return CellText.Unset;
        if (reference.Text("name") is { Length: > 0 } name)
            return $"{reference.Text("namespace").Or("*")}/{name}";
        return reference.At("selector") is { } selector ? CellText.GoSelector(selector) : CellText.Unset;
    }

    private static string Service(ObjectValue service) => service.At("spec", "service") is { } target
        ? $"{target.Text("namespace")}/{target.Text("name")}"
        : "Local";

    private static string Available(ObjectValue service)
    {
        if (service.Condition("Available") is not { } condition)
            return "Unknown";
        return condition.Text("status") == "True" ? "True" : $"{condition.Text("status")} ({condition.Text("reason")})";
    }
}
