using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Collects what the policies say of one request, and carries it out: warnings, audit annotations, the first denial.</summary>
internal sealed class PolicyVerdict(AdmissionRequest request, PolicyMetrics metrics)
{
    private readonly Dictionary<string, List<string>> _annotations = new(StringComparer.Ordinal);
    private (string Message, string Reason)? _denial;

    /// <summary>Carries out the actions of a binding for validations that do not hold.</summary>
    public void Add(string policy, PolicyBinding binding, List<PolicyDecision> decisions, TimeSpan elapsed)
    {
        if (decisions.Count == 0)
            metrics.Checked(policy, binding.Name, isError: false, "allow", elapsed);
        foreach (var decision in decisions)
        {
            foreach (var action in binding.Actions)
            {
                Act(action, policy, binding, decision);
                metrics.Checked(policy, binding.Name, decision.IsError, action.ToLowerInvariant(), elapsed);
            }
        }
    }

    /// <summary>Denies, whatever the binding's actions; the first denial stays.</summary>
    public void Deny(string policy, string binding, string why, string reason) =>
        _denial ??= ($"ValidatingAdmissionPolicy '{policy}' with binding '{binding}' denied request: {why}", reason);

    /// <summary>Notes a value for the audit log; different values of one key are joined.</summary>
    public void Annotate(string key, string value)
    {
        if (!_annotations.TryGetValue(key, out var values))
            _annotations[key] = values = [];
        if (!values.Contains(value))
            values.Add(value);
    }

    /// <summary>Hands on the annotations, and refuses the request when something denied it.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">It is denied.</exception>
    public void Enforce()
    {
        foreach (var (key, values) in _annotations)
            request.Annotate(key, string.Join(", ", values));
        if (_denial is var (message, reason))
            throw PolicyDenial.Of(request, message, reason);
    }

    private void Act(string action, string policy, PolicyBinding binding, PolicyDecision decision)
    {
        switch (action)
        {
            case "Deny":
                Deny(policy, binding.Name, decision.Message, decision.Reason);
                break;
            case "Warn":
                request.Warn($"Validation failed for ValidatingAdmissionPolicy '{policy}' with binding '{binding.Name}': {decision.Message}");
                break;
            case "Audit":
                request.Annotate("validation.policy.admission.k8s.io/validation_failure", Failure(policy, binding, decision).ToString());
                break;
        }
    }

    private static ListValue Failure(string policy, PolicyBinding binding, PolicyDecision decision) => new(
    [
        new ObjectValue
        {
            { "message", decision.Message },
            { "policy", policy },
            { "binding", binding.Name },
            { "expressionIndex", (long)decision.Index },
            { "validationActions", new ListValue(binding.Actions.Select(a => (Value)a)) },
        },
    ]);
}
