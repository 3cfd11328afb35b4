using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>One mutation of a policy, compiled: an applied configuration or a JSON patch (KEP-3962). Immutable.</summary>
internal sealed class PolicyMutation
{
    private static readonly string[] Untouchable = ["apiVersion", "kind"];
    private readonly CompiledExpression _expression;
    private readonly bool _isPatch;

    public PolicyMutation(ObjectValue tree, CelEnvironment environment)
    {
        _isPatch = tree.GetString("patchType") == "JSONPatch";
        _expression = Compile(tree.GetObject(_isPatch ? "jsonPatch" : "applyConfiguration")?.GetString("expression") ?? "", environment, _isPatch);
    }

    /// <summary>Compiles a mutation's expression; its value must be a list of JSONPatch, or an Object.</summary>
    public static CompiledExpression Compile(string text, CelEnvironment environment, bool isPatch)
    {
        var types = environment.WithMutationTypes();
        return CompiledExpression.Compile(text, types, isPatch ? CelType.List(new CelObjectType("JSONPatch", [])) : new CelObjectType("Object", []));
    }

    /// <summary>The object as the mutation leaves it; the one given may be changed.</summary>
    /// <exception cref="ExpressionException">The expression gives no value, or it can't be applied.</exception>
    public ObjectValue Apply(ObjectValue item, StructSchema? schema, CelActivation activation, CelBudget budget)
    {
        var value = ToJson(_expression.Evaluate(activation, budget));
        return _isPatch ? Patch(item, value) : Merge(item, (ObjectValue)value, schema);
    }

    // What has a value need not have a form: a part of the object in the wrong place, a type, a number that is none.
    private Value ToJson(CelValue value)
    {
        try
        {
            return value.ToJson();
        }
        catch (CelEvaluationException e)
        {
            throw new ExpressionException(_isPatch ? e.Message : $"type mismatch: {e.Message}");
        }
    }

    private static ObjectValue Patch(ObjectValue item, Value patch)
    {
        try
        {
            return JsonPatch.Apply(item, patch) as ObjectValue ?? throw new ExpressionException("JSON Patch: the patch leaves no object");
        }
        catch (ApiException e)
        {
            throw new ExpressionException($"JSON Patch: {e.Message}");
        }
    }

    private static ObjectValue Merge(ObjectValue item, ObjectValue configuration, StructSchema? schema)
    {
        foreach (var name in Untouchable)
        {
            if (configuration.GetString(name) is { } given && given != item.GetString(name))
                throw new ExpressionException($"error applying patch: {name} may not be changed");
        }

        try
        {
            return FieldManager.Merge(item, configuration, schema);
        }
        catch (ApiException e)
        {
            throw new ExpressionException($"error applying patch: {e.Message}");
        }
    }
}
