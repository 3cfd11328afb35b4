namespace Xebec.Cel.Syntax;

/// <summary>Which variables an expression names.</summary>
internal static class VariableUse
{
    /// <summary>Whether the variable is named where no comprehension's variable hides it.</summary>
    public static bool Names(Expr expr, string variable) => expr switch
    {
        IdentifierExpr name => name.NamedType is null && name.Name == variable,
        SelectExpr { Qualified: { } name } => Names(name, variable),
        SelectExpr select => Names(select.Operand, variable),
        CallExpr call => call.Operands.Any(o => Names(o, variable)),
        ListExpr list => list.Items.Any(i => Names(i, variable)),
        MapExpr map => map.Entries.Any(e => Names(e.Key, variable) || Names(e.Value, variable)),
        ObjectExpr built => built.Fields.Any(f => Names(f.Value, variable)),
        ComprehensionExpr fold => InFold(fold, variable),
        _ => false,
    };

    private static bool InFold(ComprehensionExpr fold, string variable)
    {
        if (Names(fold.Range, variable) || Names(fold.Initial, variable))
            return true;
        if (fold.Accumulator == variable)
            return false;
        var isHidden = fold.Variable == variable || fold.SecondVariable == variable;
        return Names(fold.Result, variable) || (!isHidden && !fold.IsBinding && (Names(fold.Condition, variable) || Names(fold.Step, variable)));
    }
}
