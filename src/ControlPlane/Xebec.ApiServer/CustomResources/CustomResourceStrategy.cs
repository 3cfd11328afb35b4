using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.CustomResources.Rules;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Custom resources: updates name the version they saw, the status subresource writes the status alone, and rules are in CEL.</summary>
internal sealed class CustomResourceStrategy(CustomKind kind, ScalePaths? scale) : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        var (status, managedFields) = (updated["status"], updated.GetObject("metadata")?["managedFields"]);
        updated.Clear();
        foreach (var (name, value) in stored)
            updated[name] = name == "metadata" ? value.DeepClone() : value;
        updated["status"] = status;
        updated.GetObject("metadata")!["managedFields"] = managedFields;
    }

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors)
    {
        if (scale is not null)
            CustomScaleRules.Check(created, scale, errors);
        RuleEvaluation.Check(created, null, kind.Schema, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors, Action<string> warn)
    {
        if (scale is not null)
            CustomScaleRules.Check(updated, scale, errors);
        RuleEvaluation.Check(updated, stored, kind.Schema, errors, warn);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Warnings(ObjectValue updated, ObjectValue? stored) =>
        updated.GetObject("metadata")?.GetList("finalizers") is null ? [] : FinalizerWarnings.Of(updated, stored);
}
