using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>
/// <c>min=0</c>: the smallest whole number allowed. <c>positive</c> and <c>positive=zero</c> are <c>min=1</c> in the two other ways
/// that upstream words it.
/// </summary>
internal sealed class MinimumCheck(long minimum, string message) : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        if (value.AsInt64() is { } number && number < minimum)
            context.Add(FieldError.Invalid(context.Here, number, message));
    }
}
