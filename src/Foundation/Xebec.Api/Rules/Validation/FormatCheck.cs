using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>format=dns1123label</c>: what a text must look like; of a list, each item; of a map with <c>keys=</c>, each key.</summary>
internal sealed class FormatCheck(Func<string, IReadOnlyList<string>> rule, bool ofKeys) : FieldCheck
{
    public override void Run(Value value, CheckContext context)
    {
        switch (value)
        {
            case StringValue text:
                RunText(text.Text, text, context);
                break;
            case ListValue list:
                RunItems(list, context);
                break;
            case ObjectValue map when ofKeys:
                RunKeys(map, context);
                break;
        }
    }

    private void RunText(string text, Value shown, CheckContext context)
    {
        var messages = rule(text);
        if (messages.Count > 0)
            context.AddInvalid(context.Here, shown, messages);
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

    private void RunKeys(ObjectValue map, CheckContext context)
    {
        foreach (var (key, _) in map)
        {
            context.EnterKey(key);
            RunText(key, key, context);
            context.Leave();
        }
    }
}
