using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>port</c>: a port's number or its name.</summary>
internal sealed class PortCheck : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        var messages = value is StringValue text ? PortRules.Name(text.Text) : PortRules.Number(value.AsInt64() ?? 0);
        if (messages.Count > 0)
            context.AddInvalid(context.Here, value, messages);
    }
}
