using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.ApiServer.Authorization;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Which requests policies and bindings apply to, and the values of their variables.</summary>
internal sealed class PolicyMatching(MatchContext context, VersionedObjects versions, PolicyParams parameters, IAuthorizer authorizer)
{
    /// <summary>Reads and puts back the objects that policies see.</summary>
    public VersionedObjects Versions { get; } = versions;

    /// <summary>The request as a policy sees it, null when its constraints do not match.</summary>
    public async ValueTask<WebhookTarget?> FindAsync(PolicyDefinition policy, AdmissionRequest request, CancellationToken cancellationToken) =>
        policy.Criteria.Find(request, context) is { } matched ? await Versions.SeeAsync(request, matched, cancellationToken) : null;

    /// <summary>Whether a policy's constraints match.</summary>
    public bool Applies(PolicyDefinition policy, AdmissionRequest request) => policy.Criteria.Find(request, context) is not null;

    /// <summary>Whether a binding applies.</summary>
    public bool Applies(PolicyBinding binding, AdmissionRequest request) => binding.Criteria.Find(request, context) is not null;

    /// <summary>The parameters of a binding.</summary>
    /// <exception cref="PolicyException">The binding can't be applied.</exception>
    public ValueTask<IReadOnlyList<ObjectValue?>> ParamsAsync(
        PolicyDefinition policy, PolicyBinding binding, AdmissionRequest request, CancellationToken cancellationToken) =>
        parameters.FindAsync(policy, binding, request, cancellationToken);

    /// <summary>The values of the policy's variables with one set of parameters.</summary>
    public CelActivation Activate(
        PolicyDefinition policy, AdmissionRequest request, WebhookTarget target, ObjectValue? param, CelBudget budget)
    {
        var activation = RequestActivation.Of(request, target, authorizer).SetLazy("namespaceObject", () => NamespaceOf(request));
        if (policy.ParamKind is not null)
            activation.Set("params", param);
        policy.Variables.Set(activation, budget);
        return activation;
    }

    /// <summary>Whether the policy's match conditions hold.</summary>
    /// <exception cref="ExpressionException">One can't be evaluated and the failure policy is Fail.</exception>
    public bool Holds(PolicyDefinition policy, AdmissionRequest request, WebhookTarget target, ObjectValue? param)
    {
        if (policy.Conditions.IsEmpty)
            return true;
        var activation = RequestActivation.Of(request, target, authorizer);
        if (policy.ParamKind is not null)
            activation.Set("params", param);
        return policy.Conditions.Hold(activation, new CelBudget(CelBudget.MatchConditionsBudget));
    }

    // The object of a request for a Namespace is no object in it.
    private CelValue NamespaceOf(AdmissionRequest request) =>
        !MatchContext.IsNamespace(request) && MatchContext.NamespaceOf(request) is { Length: > 0 } name && context.Namespace(name) is { } ns
            ? CelValue.From(ns, AdmissionEnvironment.Namespace)
            : CelValue.From(Value.Null);
}
