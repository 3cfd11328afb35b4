using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>range=1..65535</c>: a whole number between two others, both allowed; of a list, each item.</summary>
internal sealed class RangeCheck(long lowest, long highest) : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        if (value is ListValue list)
            RunItems(list, context);
        else if (value.AsInt64() is { } number && (number < lowest || number > highest))
            context.Add(FieldError.Invalid(context.Here, number, PortRules.InRange(lowest, highest)));
    }

    private void RunItems(ListValue list, CheckContext context)
    {
        for (var i = 0; i < list.Count; i++)
        {
            context.EnterItem(i);
            Run(list[i], context);
            context.Leave();
        }
    }
}
