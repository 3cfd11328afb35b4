using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;

namespace Xebec.Cel.Checking;

/// <summary>Gives every node of an expression its type and every call its overloads, and collects what is wrong.</summary>
internal sealed class Checker
{
    private readonly SourceText _source;
    private readonly FunctionTable _functions;
    private readonly IObjectTypes _objects;
    private readonly TypeBindings _bindings = new();
    private readonly List<CelIssue> _issues = [];
    private readonly List<Expr> _checked = [];
    private Scope _scope;

    private Checker(SourceText source, FunctionTable functions, IObjectTypes objects, IReadOnlyList<CelVariable> variables)
    {
        _source = source;
        _functions = functions;
        _objects = objects;
        _scope = new Scope(null, [.. variables.Select(v => (v.Name, v.Type))]);
    }

    /// <summary>Notes types and overloads on the nodes.</summary>
    /// <exception cref="CelCompileException">Something does not agree.</exception>
    public static void Check(
        SourceText source, Expr expr, FunctionTable functions, IObjectTypes objects, IReadOnlyList<CelVariable> variables)
    {
        var checker = new Checker(source, functions, objects, variables);
        checker.Visit(expr);
        foreach (var node in checker._checked)
        {
            node.Type = checker._bindings.Resolve(node.Type, unboundIsDyn: true);
            if (LiteralArguments.Check(node) is { } message)
                checker._issues.Add(source.IssueAt(((CallExpr)node).Arguments[^1].Offset, message));
        }

        if (checker._issues.Count > 0)
            throw source.Failure(checker._issues);
    }

    private void Report(int offset, string message) => _issues.Add(_source.IssueAt(offset, message));

    private CelType Visit(Expr expr)
    {
        expr.Type = expr switch
        {
            LiteralExpr literal => literal.Value.Type,
            IdentifierExpr name => VisitName(name),
            SelectExpr select => VisitSelect(select),
            CallExpr call => VisitCall(call),
            ListExpr list => VisitList(list),
            MapExpr map => VisitMap(map),
            ObjectExpr built => VisitObject(built),
            ComprehensionExpr comprehension => VisitComprehension(comprehension),
            _ => CelType.Error,
        };
        _checked.Add(expr);
        return expr.Type;
    }

    private CelType Resolved(CelType type) => _bindings.Resolve(type, unboundIsDyn: false);

    private string Shown(CelType type) => _bindings.Resolve(type, unboundIsDyn: true).ToString();

    private CelType VisitName(IdentifierExpr name)
    {
        if (Lookup(name.Name, name) is { } type)
            return type;
        Report(name.Offset, $"undeclared reference to '{name.Name.TrimStart('.')}' (in container '')");
        return CelType.Error;
    }

    private CelType? Lookup(string written, IdentifierExpr name)
    {
        var plain = written.TrimStart('.');
        if (_scope.Find(plain) is { } variable)
        {
            name.Name = plain;
            return variable;
        }

        name.NamedType = NamedTypes.Find(plain) ?? _objects.Find(plain);
        return name.NamedType is null ? null : CelType.TypeOf(name.NamedType);
    }

    private static string? QualifiedName(Expr expr) => expr switch
    {
        IdentifierExpr name => name.Name,
        SelectExpr { IsTest: false } select when QualifiedName(select.Operand) is { } qualifier => $"{qualifier}.{select.Field}",
        _ => null,
    };

    private CelType VisitSelect(SelectExpr select)
    {
        if (!select.IsTest && QualifiedName(select) is { } name)
        {
            var qualified = new IdentifierExpr(select.Offset, name);
            if (Lookup(name, qualified) is { } type)
            {
                select.Qualified = qualified;
                return type;
            }
        }

        var field = FieldType(select.Offset, Resolved(Visit(select.Operand)), select.Field, isOptional: false);
        return select.IsTest ? CelType.Bool : field;
    }

    // The type of a field; a field of an optional is optional.
    private CelType FieldType(int offset, CelType operand, string field, bool isOptional)
    {
        var isOptionalOperand = operand.Kind == CelTypeKind.Optional;
        var target = isOptionalOperand ? Resolved(operand.Parameters[0]) : operand;
        var type = CelType.Dyn;
        switch (target.Kind)
        {
            case CelTypeKind.Map:
                type = target.Parameters[1];
                break;
            case CelTypeKind.Object:
                type = _objects.FieldType(target, field) ?? Undefined(offset, field);
                break;
            case CelTypeKind.Parameter:
                _bindings.Agree(CelType.Dyn, target);
                break;
            case CelTypeKind.Dyn or CelTypeKind.Error:
                break;
            default:
                Report(offset, $"type '{Shown(target)}' does not support field selection");
                break;
        }

        return isOptional || isOptionalOperand ? CelType.Optional(type) : type;
    }

    private CelType Undefined(int offset, string field)
    {
        Report(offset, $"undefined field '{field}'");
        return CelType.Error;
    }

    private CelType VisitCall(CallExpr call)
    {
        if (call.Function == Operators.OptionalSelect)
            return VisitOptionalSelect(call);
        foreach (var argument in call.Arguments)
            Visit(argument);
        if (call.Target is null)
        {
            call.Function = call.Function.TrimStart('.');
            return _functions.Find(call.Function) is { } found ? VisitOverloads(call, found) : Undeclared(call);
        }

        if (QualifiedName(call.Target) is { } prefix && _functions.Find($"{prefix}.{call.Function}") is { } namespaced)
        {
            call.Function = $"{prefix}.{call.Function}";
            call.Target = null;
            return VisitOverloads(call, namespaced);
        }

        Visit(call.Target);
        return _functions.Find(call.Function) is { } methods ? VisitOverloads(call, methods) : Undeclared(call);
    }

    private CelType Undeclared(CallExpr call)
    {
        Report(call.Offset, $"undeclared reference to '{call.Function}' (in container '')");
        return CelType.Error;
    }

    private CelType VisitOptionalSelect(CallExpr call)
    {
        var operand = Resolved(Visit(call.Arguments[0]));
        var field = (LiteralExpr)call.Arguments[1];
        Visit(field);
        return FieldType(call.Offset, operand, field.Value.AsString()!, isOptional: true);
    }

    private CelType VisitOverloads(CallExpr call, IReadOnlyList<Overload> overloads)
    {
        var given = call.Operands.Select(o => o.Type).ToArray();
        if (OverloadChoice.Choose(call, given, overloads, _bindings) is { } result)
            return result;
        var types = given.Select(Shown).ToArray();
        var shown = call.Target is null ? $"({string.Join(", ", types)})" : $"{types[0]}.({string.Join(", ", types.Skip(1))})";
        Report(call.Offset, $"found no matching overload for '{call.Function}' applied to '{shown}'");
        return CelType.Error;
    }

    // Both types as one; reported when they do not agree, since literals are of one type.
    private CelType Join(Expr expr, CelType? previous, CelType current)
    {
        if (previous is null)
            return current;
        if (_bindings.Agree(current, previous))
            return TypeRelations.MostGeneral(previous, current);
        Report(expr.Offset, $"expected type '{Shown(previous)}' but found '{Shown(current)}'");
        return CelType.Error;
    }

    private CelType VisitPart(Expr expr, bool isOptional)
    {
        var type = Resolved(Visit(expr));
        if (!isOptional || TypeRelations.IsDynOrError(type))
            return type;
        if (type.Kind == CelTypeKind.Optional)
            return type.Parameters[0];
        Report(expr.Offset, $"expected type '{Shown(CelType.Optional(type))}' but found '{Shown(type)}'");
        return type;
    }

    private CelType VisitList(ListExpr list)
    {
        CelType? item = null;
        for (var i = 0; i < list.Items.Count; i++)
            item = Join(list.Items[i], item, VisitPart(list.Items[i], list.Optional[i]));
        return CelType.List(item ?? _bindings.Fresh());
    }

    private CelType VisitMap(MapExpr map)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var entry in map.Entries)
        {
            key = Join(entry.Key, key, Visit(entry.Key));
            value = Join(entry.Value, value, VisitPart(entry.Value, entry.IsOptional));
        }

        return CelType.Map(key ?? _bindings.Fresh(), value ?? _bindings.Fresh());
    }

    private CelType VisitObject(ObjectExpr built)
    {
        var type = _objects.Find(built.TypeName.TrimStart('.'));
        if (type is null)
            Report(built.Offset, $"undeclared reference to '{built.TypeName}' (in container '')");
        foreach (var field in built.Fields)
        {
            var given = VisitPart(field.Value, field.IsOptional);
            if (type is null)
                continue;
            var expected = _objects.FieldType(type, field.Name) ?? Undefined(field.Offset, field.Name);
            if (!_bindings.Agree(given, expected))
                Report(field.Offset, $"expected type of field '{field.Name}' is '{Shown(expected)}' but provided type is '{Shown(given)}'");
        }

        return type ?? CelType.Error;
    }

    private CelType VisitComprehension(ComprehensionExpr fold)
    {
        var range = Resolved(Visit(fold.Range));
        var accumulator = Visit(fold.Initial);
        var outside = _scope;
        var (first, second) = VariableTypes(fold, range);
        var withAccumulator = new Scope(outside, (fold.Accumulator, accumulator));
        _scope = fold.SecondVariable is { } secondName
            ? new Scope(withAccumulator, (fold.Variable, first), (secondName, second))
            : new Scope(withAccumulator, (fold.Variable, first));
        Require(fold.Condition, CelType.Bool);
        Require(fold.Step, accumulator);
        _scope = withAccumulator;
        var result = Resolved(Visit(fold.Result));
        _scope = outside;
        return result;
    }

    private void Require(Expr expr, CelType expected)
    {
        var type = Visit(expr);
        if (!_bindings.Agree(type, expected))
            Report(expr.Offset, $"expected type '{Shown(expected)}' but found '{Shown(type)}'");
    }

    private (CelType First, CelType Second) VariableTypes(ComprehensionExpr fold, CelType range)
    {
        switch (range.Kind)
        {
            case CelTypeKind.List:
                return fold.SecondVariable is null ? (range.Parameters[0], CelType.Error) : (CelType.Int, range.Parameters[0]);
            case CelTypeKind.Map:
                return (range.Parameters[0], range.Parameters[1]);
            case CelTypeKind.Dyn or CelTypeKind.Error or CelTypeKind.Parameter:
                _bindings.Agree(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            default:
                Report(
                    fold.Range.Offset,
                    $"expression of type '{Shown(range)}' cannot be range of a comprehension (must be list, map, or dynamic)");
                return (CelType.Error, CelType.Error);
        }
    }
}
