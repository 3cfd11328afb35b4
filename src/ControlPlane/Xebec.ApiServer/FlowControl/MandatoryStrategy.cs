using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.FlowControl;

/// <summary>FlowSchemas and PriorityLevelConfigurations: those that the server itself needs are as it says.</summary>
/// <param name="mandatory">The ones it needs.</param>
internal sealed class MandatoryStrategy(IReadOnlyList<ObjectValue> mandatory) : ResourceStrategy
{
    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors) => Check(created, errors);

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors) => Check(updated, errors);

    // How much of the exempt level's seats others may borrow is left to users.
    private void Check(ObjectValue item, List<FieldError> errors)
    {
        var name = item.GetObject("metadata")?.GetString("name");
        if (mandatory.FirstOrDefault(m => m.GetObject("metadata")?.GetString("name") == name)?.GetObject("spec") is not { } wanted)
            return;
        var spec = (ObjectValue?)item.GetObject("spec")?.DeepClone() ?? [];
        if (wanted["exempt"] is { } exempt && spec["exempt"] is ObjectValue)
            spec["exempt"] = exempt;
        if (!spec.DeepEquals(wanted))
            errors.Add(FieldError.Invalid(FieldPath.Root("spec"), item["spec"], $"spec of '{name}' must equal the fixed value"));
    }
}
