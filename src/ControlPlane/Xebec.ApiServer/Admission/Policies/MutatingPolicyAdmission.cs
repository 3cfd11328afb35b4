using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Applies every MutatingAdmissionPolicy by each of its bindings, by name, each seeing what those before it changed (KEP-3962).</summary>
internal sealed class MutatingPolicyAdmission(
    PolicyModel<MutatingPolicy> model, PolicyMatching matching, PolicyMetrics metrics, TimeProvider time) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "MutatingAdmissionPolicy";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => model.Bound.Length > 0 && request.Object is not null && !ExemptKinds.Has(request);

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.IsReinvocation)
            request.Policies?.Begin(request.Object!);
        foreach (var (policy, bindings) in model.Bound)
        {
            foreach (var binding in bindings)
            {
                if (!request.IsReinvocation || request.Policies?.Includes(Id(policy, binding)) == true)
                    await ApplyAsync(policy, binding, request, cancellationToken);
            }
        }

        request.Policies?.End(request.Object!);
    }

    private static string Id(MutatingPolicy policy, PolicyBinding binding) => $"{policy.Definition.Name}/{binding.Name}";

    private async ValueTask ApplyAsync(
        MutatingPolicy policy, PolicyBinding binding, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!matching.Applies(policy.Definition, request) || !matching.Applies(binding, request))
            return;
        request.Policies ??= new Reinvocation();
        var started = time.GetTimestamp();
        try
        {
            foreach (var param in await matching.ParamsAsync(policy.Definition, binding, request, cancellationToken))
                await ApplyAsync(policy, request, param, cancellationToken);
            metrics.Checked(policy.Definition.Name, binding.Name, isError: false, "allow", time.GetElapsedTime(started));
        }
        catch (Exception e) when (e is ExpressionException or PolicyException or DecodeException)
        {
            metrics.Checked(policy.Definition.Name, binding.Name, isError: true, "deny", time.GetElapsedTime(started));
            if (!policy.Definition.FailsOpen)
                throw Denial(policy, binding, request, e);
        }

        if (policy.SeesAgain)
            request.Policies.Saw(Id(policy, binding));
    }

    private static ApiException Denial(MutatingPolicy policy, PolicyBinding binding, AdmissionRequest request, Exception failure)
    {
        var why = failure is PolicyException ? $"failed to configure binding: {failure.Message}" : failure.Message;
        return PolicyDenial.Of(
            request, $"policy '{policy.Definition.Name}' with binding '{binding.Name}' denied request: {why}", StatusReason.Invalid);
    }

    private async ValueTask ApplyAsync(
        MutatingPolicy policy, AdmissionRequest request, ObjectValue? param, CancellationToken cancellationToken)
    {
        if (await matching.FindAsync(policy.Definition, request, cancellationToken) is not { } target
            || !matching.Holds(policy.Definition, request, target, param))
            return;
        var before = (ObjectValue)request.Object!.DeepClone();
        var budget = new CelBudget();
        foreach (var mutation in policy.Mutations)
        {
            var activation = matching.Activate(policy.Definition, request, target, param, budget);
            var changed = mutation.Apply((ObjectValue)target.Object!.DeepClone(), matching.Versions.SchemaOf(target), activation, budget);
            await matching.Versions.AcceptAsync(request, target, changed, cancellationToken);
            target = await matching.Versions.SeeAsync(request, target.Resource, cancellationToken);
        }

        if (before.DeepEquals(request.Object))
            return;
        request.Policies!.Changed();
        request.NeedsReinvocation = true;
    }
}
