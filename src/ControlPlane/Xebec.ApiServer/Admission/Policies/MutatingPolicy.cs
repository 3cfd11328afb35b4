using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>A MutatingAdmissionPolicy, compiled. Immutable.</summary>
internal sealed class MutatingPolicy
{
    public MutatingPolicy(ObjectValue policy)
    {
        Definition = new PolicyDefinition(policy);
        var spec = policy.GetObject("spec") ?? [];
        SeesAgain = spec.GetString("reinvocationPolicy") == "IfNeeded";
        Mutations = [.. (spec.GetList("mutations") ?? []).Select(m => new PolicyMutation((ObjectValue)m, Definition.Variables.Environment))];
    }

    /// <summary>Names, criteria and variables.</summary>
    public PolicyDefinition Definition { get; }

    /// <summary>reinvocationPolicy IfNeeded.</summary>
    public bool SeesAgain { get; }

    /// <summary>What it does, in order.</summary>
    public IReadOnlyList<PolicyMutation> Mutations { get; }
}
