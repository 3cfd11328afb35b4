using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Matching;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>What validating and mutating policies have in common, compiled. Immutable.</summary>
internal sealed class PolicyDefinition
{
    /// <summary>Reads the policy.</summary>
    public PolicyDefinition(ObjectValue policy)
    {
        Name = policy.GetObject("metadata")?.GetString("name") ?? "";
        var spec = policy.GetObject("spec") ?? [];
        Criteria = MatchCriteria.OfPolicy(spec.GetObject("matchConstraints"));
        FailsOpen = spec.GetString("failurePolicy") == "Ignore";
        ParamKind = spec.GetObject("paramKind") is { } kind && GroupVersion.TryParse(kind.GetString("apiVersion") ?? "", out var groupVersion)
            ? (groupVersion, kind.GetString("kind") ?? "")
            : null;
        var environment = AdmissionEnvironment.Policies(ParamKind is not null);
        Variables = PolicyVariables.Read(spec.GetList("variables"), environment);
        Conditions = MatchConditions.Read(spec.GetList("matchConditions"), environment, FailsOpen);
    }

    /// <summary>The policy's name.</summary>
    public string Name { get; }

    /// <summary>matchConstraints.</summary>
    public MatchCriteria Criteria { get; }

    /// <summary>matchConditions.</summary>
    public MatchConditions Conditions { get; }

    /// <summary>The kind of its parameters, null when it has none.</summary>
    public (GroupVersion GroupVersion, string Kind)? ParamKind { get; }

    /// <summary>Its variables, and what its expressions may name.</summary>
    public PolicyVariables Variables { get; }

    /// <summary>failurePolicy Ignore: what can't be evaluated admits.</summary>
    public bool FailsOpen { get; }
}
