using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Applies every ValidatingAdmissionPolicy by each of its bindings (KEP-3488); the first that denies is told.</summary>
internal sealed class ValidatingPolicyAdmission(
    PolicyModel<ValidatingPolicy> model, PolicyMatching matching, PolicyMetrics metrics, TimeProvider time) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "ValidatingAdmissionPolicy";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => model.Bound.Length > 0 && !ExemptKinds.Has(request);

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        PolicyVerdict? verdict = null;
        foreach (var (policy, bindings) in model.Bound)
        {
            if (await matching.FindAsync(policy.Definition, request, cancellationToken) is not { } target)
                continue;
            verdict ??= new PolicyVerdict(request, metrics);
            foreach (var binding in bindings)
            {
                if (matching.Applies(binding, request))
                    await ApplyAsync(policy, binding, target, request, verdict, cancellationToken);
            }
        }

        verdict?.Enforce();
    }

    private async ValueTask ApplyAsync(
        ValidatingPolicy policy, PolicyBinding binding, WebhookTarget target, AdmissionRequest request, PolicyVerdict verdict,
        CancellationToken cancellationToken)
    {
        try
        {
            foreach (var param in await matching.ParamsAsync(policy.Definition, binding, request, cancellationToken))
                Apply(policy, binding, target, request, param, verdict);
        }
        catch (PolicyException e)
        {
            if (!policy.Definition.FailsOpen)
                verdict.Deny(policy.Definition.Name, binding.Name, $"failed to configure binding: {e.Message}", StatusReason.Invalid);
        }
    }

    private void Apply(
        ValidatingPolicy policy, PolicyBinding binding, WebhookTarget target, AdmissionRequest request, ObjectValue? param, PolicyVerdict verdict)
    {
        var started = time.GetTimestamp();
        List<PolicyDecision> decisions;
        try
        {
            if (!matching.Holds(policy.Definition, request, target, param))
                return;
            var budget = new CelBudget();
            decisions = policy.Validate(matching.Activate(policy.Definition, request, target, param, budget), budget);
        }
        catch (ExpressionException e)
        {
            decisions = [new PolicyDecision(e.Message, StatusReason.Invalid, 0, IsError: true)];
            verdict.Add(policy.Definition.Name, binding, decisions, time.GetElapsedTime(started));
            return;
        }

        verdict.Add(policy.Definition.Name, binding, decisions, time.GetElapsedTime(started));
        var annotating = new CelBudget();
        var activation = matching.Activate(policy.Definition, request, target, param, annotating);
        foreach (var failure in policy.Annotate(activation, annotating, verdict.Annotate))
            verdict.Deny(policy.Definition.Name, binding.Name, failure, StatusReason.Invalid);
    }
}
