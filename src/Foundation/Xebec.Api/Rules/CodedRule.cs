using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>
/// What a rules file cannot say of a type. Defaults and checks run wherever the type is used, with the walk standing on it; the update
/// rule is of kinds only.
/// </summary>
/// <param name="Default">Computed defaults.</param>
/// <param name="Check">Rules between fields.</param>
/// <param name="Update">What may change: the updated and the stored object, and the subresource written (empty: the object).</param>
internal sealed record CodedRule(
    Action<ObjectValue>? Default = null,
    Action<ObjectValue, CheckContext>? Check = null,
    Action<ObjectValue, ObjectValue, string, CheckContext>? Update = null)
{
    /// <summary>What must not be set on create, of kinds only.</summary>
    public Action<ObjectValue, CheckContext>? Create { get; init; }

    /// <summary>What a status may become, of kinds only: the updated and the stored object.</summary>
    public Action<ObjectValue, ObjectValue, CheckContext>? Status { get; init; }
}
