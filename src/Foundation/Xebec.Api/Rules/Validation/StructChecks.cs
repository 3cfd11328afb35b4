using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>The rules of a struct: field by field, then what is in code because it looks at several.</summary>
internal sealed class StructChecks(FieldChecks[] fields, Action<ObjectValue, CheckContext>[] code)
{
    public void Run(ObjectValue item, ObjectValue? stored, CheckContext context)
    {
        foreach (var field in fields)
            field.Run(item, stored, context);
        foreach (var check in code)
            check(item, context);
    }

    /// <summary>Checks one field of a kind's object only (its status).</summary>
    public void RunOnly(string name, ObjectValue item, ObjectValue stored, CheckContext context)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
                field.Run(item, stored, context);
        }
    }

    /// <summary>
    /// Checks a kind's object but not its status. What an update does not touch was valid when it was stored, so it is not looked at
    /// again: rules can be tightened without making old objects immutable.
    /// </summary>
    public void RunKind(ObjectValue item, ObjectValue? stored, CheckContext context)
    {
        foreach (var field in fields)
        {
            if (field.Name != "status" && (stored is null || !ValueZero.SameOrBothZero(item[field.Name], stored[field.Name])))
                field.Run(item, stored, context);
        }

        foreach (var check in code)
            check(item, context);
    }
}
