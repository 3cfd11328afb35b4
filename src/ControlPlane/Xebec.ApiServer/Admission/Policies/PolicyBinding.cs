using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Matching;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>A binding of a policy, compiled: where it applies, with which parameters, and what a failure leads to. Immutable.</summary>
internal sealed class PolicyBinding
{
    /// <summary>Reads the binding.</summary>
    public PolicyBinding(ObjectValue binding)
    {
        Name = binding.GetObject("metadata")?.GetString("name") ?? "";
        var spec = binding.GetObject("spec") ?? [];
        PolicyName = spec.GetString("policyName") ?? "";
        Criteria = MatchCriteria.OfBinding(spec.GetObject("matchResources"));
        Actions = [.. (spec.GetList("validationActions") ?? []).Select(a => a.AsString() ?? "")];
        if (spec.GetObject("paramRef") is not { } reference)
            return;
        HasParams = true;
        ParamName = reference.GetString("name") ?? "";
        ParamNamespace = reference.GetString("namespace") ?? "";
        ParamSelector = reference.GetObject("selector") is { } selector ? LabelSelector.FromTree(selector) : null;
        AllowsMissingParams = reference.GetString("parameterNotFoundAction") == "Allow";
    }

    /// <summary>The binding's name.</summary>
    public string Name { get; }

    /// <summary>The policy it binds.</summary>
    public string PolicyName { get; }

    /// <summary>matchResources.</summary>
    public MatchCriteria Criteria { get; }

    /// <summary>validationActions: Deny, Warn, Audit.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>It has a paramRef.</summary>
    public bool HasParams { get; }

    /// <summary>The name of the parameters; empty when they are selected.</summary>
    public string ParamName { get; } = "";

    /// <summary>The namespace of the parameters; empty for the request's.</summary>
    public string ParamNamespace { get; } = "";

    /// <summary>Selects the parameters; null when they are named.</summary>
    public LabelSelector? ParamSelector { get; }

    /// <summary>Without parameters the binding does nothing; otherwise that is a failure.</summary>
    public bool AllowsMissingParams { get; }
}
