using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>enum=A,B</c>: one of these texts, in the order that upstream lists them; of a list, each item.</summary>
internal sealed class EnumCheck(string[] supported) : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        if (value is ListValue list)
            RunItems(list, context);
        else if (value is not StringValue text || Array.IndexOf(supported, text.Text) < 0)
            context.Add(FieldError.NotSupported(context.Here, value, supported));
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
