using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>maxitems=100</c>, <c>maxbytes=253</c>: how long a list or a text may be.</summary>
internal sealed class MaximumCheck(int maximum) : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        if (value is ListValue list && list.Count > maximum)
            context.Add(FieldError.TooMany(context.Here, list.Count, maximum));
        else if (value is StringValue text && System.Text.Encoding.UTF8.GetByteCount(text.Text) > maximum)
            context.Add(FieldError.TooLong(context.Here, maximum));
    }
}
