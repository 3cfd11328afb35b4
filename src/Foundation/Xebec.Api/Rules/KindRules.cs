using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>A kind's declared rules: its defaults, its validation and what may not change.</summary>
public sealed class KindRules
{
    private static readonly KindRules None = new();

    /// <summary>The rules of a kind.</summary>
    public static KindRules For(StructSchema kind) => None;

    /// <summary>Fills in defaults.</summary>
    public void Default(ObjectValue item)
    {
    }

    /// <summary>Adds what is wrong with a new object.</summary>
    public void Validate(ObjectValue created, List<FieldError> errors)
    {
    }

    /// <summary>Adds what is wrong with a change of the object or one of its subresources (empty: the object).</summary>
    public void ValidateUpdate(ObjectValue updated, ObjectValue stored, string subresource, List<FieldError> errors)
    {
    }
}
