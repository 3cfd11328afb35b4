using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>The rules of one field and of what is below it.</summary>
internal sealed class FieldChecks
{
    public required string Name { get; init; }

    /// <summary>Absent differs from zero.</summary>
    public required bool Nullable { get; init; }

    public bool IsMap { get; init; }

    /// <summary>A struct that is there even when it is not written.</summary>
    public bool AlwaysPresent { get; init; }

    public bool Required { get; init; }

    /// <summary>Says more about a missing value.</summary>
    public string RequiredDetail { get; init; } = "";

    public bool Immutable { get; init; }

    /// <summary>What an absent value means and is checked as (0 or ""); null when absent values are not checked.</summary>
    public Value? CheckedZero { get; init; }

    /// <summary>What paths call the field.</summary>
    public required string ShownName { get; init; }

    /// <summary>Errors of the list's items are reported as the list's owner's.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>Why the field must not change; null when it may.</summary>
    public string? Frozen { get; init; }

    public FieldCheck[] Checks { get; init; } = [];

    public StructChecks? Inner { get; init; }

    /// <summary>Checks the field of an object; stored is the object before the change, null on create and below lists.</summary>
    public void Run(ObjectValue item, ObjectValue? stored, CheckContext context)
    {
        var value = item[Name];
        EnterField(context);
        if (AlwaysPresent && !(Required && value.IsZero()))
            RunPresent(value ?? new ObjectValue(), stored?[Name], context);
        else if (value.IsAbsent() || (!Nullable && value.IsZero()))
            RunMissing(context);
        else
            RunPresent(value!, stored?[Name], context);
        if (stored is not null && (Immutable || Frozen is not null) && !ValueZero.SameOrBothZero(value, stored[Name]))
            ReportChange(value, context);
        context.Leave();
    }

    private void EnterField(CheckContext context)
    {
        if (IsUnnamed)
            context.EnterUnnamed();
        else
            context.Enter(ShownName);
    }

    private void RunMissing(CheckContext context)
    {
        if (Required)
            context.RequiredHere(RequiredDetail);
        if (CheckedZero is not { } zero)
            return;
        foreach (var check in Checks)
            check.Run(zero, context);
    }

    private void RunPresent(Value value, Value? stored, CheckContext context)
    {
        foreach (var check in Checks)
            check.Run(value, context);
        if (Inner is null)
            return;
        if (value is ListValue list)
            RunItems(list, context);
        else if (value is ObjectValue members && IsMap)
            RunMembers(members, context);
        else if (value is ObjectValue inner)
            Inner.Run(inner, stored as ObjectValue, context);
    }

    private void RunItems(ListValue list, CheckContext context)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (IsUnnamed)
                context.EnterUnnamed();
            else
                context.EnterItem(i);
            if (list[i] is ObjectValue item)
                Inner!.Run(item, null, context);
            context.Leave();
        }
    }

    private void RunMembers(ObjectValue members, CheckContext context)
    {
        foreach (var (key, value) in members)
        {
            context.EnterKey(key);
            if (value is ObjectValue item)
                Inner!.Run(item, null, context);
            context.Leave();
        }
    }

    private void ReportChange(Value? value, CheckContext context) => context.Add(
        Frozen is null
            ? FieldError.Invalid(context.Here, value, "field is immutable")
            : FieldError.Forbidden(context.Here, Frozen));
}
