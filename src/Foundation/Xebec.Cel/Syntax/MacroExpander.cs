using Xebec.Cel.Values;

namespace Xebec.Cel.Syntax;

/// <summary>Turns calls of macros into folds, as upstream does; what the folds do is what expressions are charged for.</summary>
internal sealed class MacroExpander(bool hasBindings, Action<int, string> report)
{
    private const string NotAName = "argument must be a simple name";
    private const string Unused = "#unused";

    /// <summary>The expansion of a call of a macro, or the call itself.</summary>
    public Expr Expand(CallExpr call) => (call.Function, call.Target, call.Arguments.Count) switch
    {
        ("has", null, 1) => Has(call),
        ("all", not null, 2) => Quantifier(call, All),
        ("exists", not null, 2) => Quantifier(call, Exists),
        ("exists_one" or "existsOne", not null, 2) => Quantifier(call, ExistsOne),
        ("map", not null, 2) => Listing(call, 1, null, call.Arguments[1]),
        ("map", not null, 3) => Listing(call, 1, call.Arguments[1], call.Arguments[2]),
        ("filter", not null, 2) => Listing(call, 1, call.Arguments[1], call.Arguments[0]),
        ("all", not null, 3) => Quantifier(call, All),
        ("exists", not null, 3) => Quantifier(call, Exists),
        ("exists_one" or "existsOne", not null, 3) => Quantifier(call, ExistsOne),
        ("transformList", not null, 3) => Listing(call, 2, null, call.Arguments[2]),
        ("transformList", not null, 4) => Listing(call, 2, call.Arguments[2], call.Arguments[3]),
        ("transformMap", not null, 3) => Mapping(call, null, call.Arguments[2], withKey: true),
        ("transformMap", not null, 4) => Mapping(call, call.Arguments[2], call.Arguments[3], withKey: true),
        ("transformMapEntry", not null, 3) => Mapping(call, null, call.Arguments[2], withKey: false),
        ("transformMapEntry", not null, 4) => Mapping(call, call.Arguments[2], call.Arguments[3], withKey: false),
        ("optMap", not null, 2) => OptionalMap(call, wraps: true),
        ("optFlatMap", not null, 2) => OptionalMap(call, wraps: false),
        ("sortBy", not null, 2) => SortBy(call),
        ("bind", IdentifierExpr { Name: "cel" }, 3) when hasBindings => Bind(call),
        _ => call,
    };

    private static CallExpr Call(int at, string function, params Expr[] arguments) => new(at, function, null, arguments);

    private static IdentifierExpr Name(int at, string name) => new(at, name);

    private static IdentifierExpr Result(int at) => new(at, Operators.Accumulator);

    private static LiteralExpr Literal(int at, CelValue value) => new(at, value);

    private static ListExpr List(int at, params Expr[] items) => new(at, items, new bool[items.Length]);

    private static ComprehensionExpr Binding(int at, string name, Expr value, Expr body) => new(at)
    {
        Range = List(at),
        Variable = Unused,
        Accumulator = name,
        Initial = value,
        Condition = Literal(at, CelBool.False),
        Step = Name(at, name),
        Result = body,
        IsBinding = true,
    };

    private Expr Has(CallExpr call)
    {
        if (call.Arguments[0] is SelectExpr { IsTest: false } select)
            return new SelectExpr(call.Offset, select.Operand, select.Field, isTest: true);
        report(call.Arguments[0].Offset, "invalid argument to has() macro");
        return call;
    }

    // The names a macro introduces; null, and reported, when an argument is no plain name.
    private string[]? Variables(CallExpr call, int count)
    {
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            if (call.Arguments[i] is not IdentifierExpr { Name: var name } || name.StartsWith('.'))
            {
                report(call.Arguments[i].Offset, NotAName);
                return null;
            }

            names[i] = name;
        }

        if (count == 2 && names[0] == names[1])
        {
            report(call.Arguments[1].Offset, $"duplicate variable name: {names[1]}");
            return null;
        }

        return names;
    }

    private delegate (Expr Initial, Expr Condition, Expr Step, Expr Result) Fold(int at, Expr predicate);

    private Expr Quantifier(CallExpr call, Fold fold)
    {
        if (Variables(call, call.Arguments.Count - 1) is not { } names)
            return call;
        var (initial, condition, step, result) = fold(call.Offset, call.Arguments[^1]);
        return Comprehension(call, names, initial, condition, step, result);
    }

    private static ComprehensionExpr Comprehension(CallExpr call, string[] names, Expr initial, Expr condition, Expr step, Expr result) =>
        new(call.Offset)
        {
            Range = call.Target!,
            Variable = names[0],
            SecondVariable = names.ElementAtOrDefault(1),
            Accumulator = Operators.Accumulator,
            Initial = initial,
            Condition = condition,
            Step = step,
            Result = result,
        };

    private static (Expr Initial, Expr Condition, Expr Step, Expr Result) All(int at, Expr predicate) =>
        (Literal(at, CelBool.True), Call(at, Operators.NotStrictlyFalse, Result(at)), Call(at, Operators.And, Result(at), predicate), Result(at));

    private static (Expr Initial, Expr Condition, Expr Step, Expr Result) Exists(int at, Expr predicate) =>
        (Literal(at, CelBool.False),
            Call(at, Operators.NotStrictlyFalse, Call(at, Operators.Not, Result(at))),
            Call(at, Operators.Or, Result(at), predicate),
            Result(at));

    private static (Expr Initial, Expr Condition, Expr Step, Expr Result) ExistsOne(int at, Expr predicate)
    {
        var one = Literal(at, CelInt.Of(1));
        var step = Call(at, Operators.Conditional, predicate, Call(at, Operators.Add, Result(at), one), Result(at));
        return (Literal(at, CelInt.Of(0)), Literal(at, CelBool.True), step, Call(at, Operators.Equal, Result(at), one));
    }

    private Expr Listing(CallExpr call, int variables, Expr? filter, Expr item)
    {
        if (Variables(call, variables) is not { } names)
            return call;
        var at = call.Offset;
        Expr step = Call(at, Operators.Add, Result(at), List(at, item));
        if (filter is not null)
            step = Call(at, Operators.Conditional, filter, step, Result(at));
        return Comprehension(call, names, List(at), Literal(at, CelBool.True), step, Result(at));
    }

    private Expr Mapping(CallExpr call, Expr? filter, Expr entry, bool withKey)
    {
        if (Variables(call, 2) is not { } names)
            return call;
        var at = call.Offset;
        Expr step = withKey
            ? Call(at, Operators.MapInsert, Result(at), Name(at, names[0]), entry)
            : Call(at, Operators.MapInsert, Result(at), entry);
        if (filter is not null)
            step = Call(at, Operators.Conditional, filter, step, Result(at));
        return Comprehension(call, names, new MapExpr(at, []), Literal(at, CelBool.True), step, Result(at));
    }

    // The target is bound to a name of its own, so that chains of these stay as long as they are written.
    private Expr OptionalMap(CallExpr call, bool wraps)
    {
        if (Variables(call, 1) is not { } names)
            return call;
        var at = call.Offset;
        var target = $"@target{call.Offset}";
        Expr mapped = Binding(at, names[0], new CallExpr(at, "value", Name(at, target), []), call.Arguments[1]);
        if (wraps)
            mapped = Call(at, "optional.of", mapped);
        var choice = Call(
            at, Operators.Conditional, new CallExpr(at, "hasValue", Name(at, target), []), mapped, Call(at, "optional.none"));
        return Binding(at, target, call.Target!, choice);
    }

    private Expr SortBy(CallExpr call)
    {
        var input = $"@sortBy{call.Offset}";
        var named = Name(call.Offset, input);
        var keys = Listing(new CallExpr(call.Offset, "map", named, call.Arguments), 1, null, call.Arguments[1]);
        return Binding(call.Offset, input, call.Target!, new CallExpr(call.Offset, Operators.SortByKeys, named, [keys]));
    }

    private Expr Bind(CallExpr call)
    {
        if (call.Arguments[0] is IdentifierExpr { Name: var name })
            return Binding(call.Offset, name, call.Arguments[1], call.Arguments[2]);
        report(call.Arguments[0].Offset, "cel.bind() variable names must be simple identifiers");
        return call;
    }
}
