using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary><c>unique=name</c>: no two items have the same value of a field; <c>unique</c>: no two items are the same.</summary>
internal sealed class UniqueCheck(string? key) : FieldCheck
{
    // Lists are short: comparing pairs needs no set.
    public override void Run(Value value, CheckContext context)
    {
        if (value is not ListValue list)
            return;
        for (var i = 1; i < list.Count; i++)
        {
            if (Identity(list[i]) is { } identity && IsRepeated(list, i, identity))
                Report(i, identity, context);
        }
    }

    private Value? Identity(Value item)
    {
        var identity = key is null ? item : item.AsObject()?[key];
        return key is not null && identity.IsZero() ? null : identity;
    }

    private bool IsRepeated(ListValue list, int at, Value identity)
    {
        for (var i = 0; i < at; i++)
        {
            if (identity.DeepEquals(Identity(list[i])))
                return true;
        }

        return false;
    }

    private void Report(int index, Value identity, CheckContext context)
    {
        var path = context.Here.Index(index);
        context.Add(FieldError.Duplicate(key is null ? path : path.Child(key), identity));
    }
}
