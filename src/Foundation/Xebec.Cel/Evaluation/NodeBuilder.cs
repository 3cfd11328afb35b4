using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>Turns a checked expression into nodes; what is constant is computed once, as upstream does (and charges nothing for).</summary>
internal sealed class NodeBuilder
{
    private static readonly HashSet<string> Conversions =
        new(StringComparer.Ordinal) { "bool", "bytes", "double", "duration", "int", "string", "timestamp", "uint" };

    private readonly List<string> _locals = [];

    /// <summary>How many slots the comprehensions need.</summary>
    public int LocalCount { get; private set; }

    public Node Build(Expr expr) => expr switch
    {
        LiteralExpr literal => new ConstantNode(literal.Value),
        IdentifierExpr name => BuildName(name),
        SelectExpr { Qualified: { } name } => BuildName(name),
        SelectExpr { IsTest: true } select => new HasNode(Build(select.Operand), select.Field),
        SelectExpr select => new SelectNode(Build(select.Operand), select.Field, isOptional: false),
        CallExpr call => BuildCall(call),
        ListExpr list => BuildList(list),
        MapExpr map => BuildMap(map),
        ObjectExpr built => new ObjectNode(built.Type, [.. built.Fields.Select(f => (f.Name, Build(f.Value), f.IsOptional))]),
        _ => BuildComprehension((ComprehensionExpr)expr),
    };

    private Node BuildName(IdentifierExpr name)
    {
        if (name.NamedType is not null)
            return new ConstantNode(new CelTypeValue(name.NamedType));
        var slot = _locals.LastIndexOf(name.Name);
        return slot >= 0 ? new LocalNode(slot) : new VariableNode(name.Name, name.Type);
    }

    private Node BuildCall(CallExpr call)
    {
        var operands = call.Operands.Select(Build).ToArray();
        switch (call.Function)
        {
            case Operators.And:
                return new LogicNode(operands[0], operands[1], CelBool.False);
            case Operators.Or:
                return new LogicNode(operands[0], operands[1], CelBool.True);
            case Operators.Not:
                return new NotNode(operands[0]);
            case Operators.NotStrictlyFalse:
                return new NotStrictlyFalseNode(operands[0]);
            case Operators.Conditional:
                return new ConditionalNode(operands[0], operands[1], operands[2]);
            case Operators.Equal or Operators.NotEqual:
                return new EqualNode(operands[0], operands[1], call.Function == Operators.NotEqual);
            case Operators.Less or Operators.LessOrEqual or Operators.Greater or Operators.GreaterOrEqual:
                var comparesText = call.Overloads is [{ Parameters: [{ Kind: CelTypeKind.String or CelTypeKind.Bytes }, _] }];
                return new RelationNode(call.Function, operands[0], operands[1], comparesText);
            case Operators.Index or Operators.OptionalIndex:
                return new IndexNode(operands[0], operands[1], call.Function == Operators.OptionalIndex);
            case Operators.OptionalSelect:
                return new SelectNode(operands[0], ((LiteralExpr)call.Arguments[1]).Value.AsString()!, isOptional: true);
            case Operators.MapInsert:
                return new MapInsertNode(operands[0], operands[1], operands.ElementAtOrDefault(2));
            case Operators.In when operands[1] is ConstantNode { Value: CelList constants } && IsSet(constants):
                return new ContainsConstantNode(operands[0], constants);
            case "or" or "orValue" when call.Target is not null:
                return new OptionalOrNode(operands[0], operands[1], call.Function == "orValue");
            default:
                return BuildFunction(call, operands);
        }
    }

    private static bool IsSet(CelList list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not (CelString or CelInt or CelUint or CelDouble or CelBool))
                return false;
        }

        return true;
    }

    private static Node BuildFunction(CallExpr call, Node[] operands)
    {
        Node node = operands.Length switch
        {
            1 => new UnaryCallNode(call.Function, call.Overloads, operands[0]),
            2 => new BinaryCallNode(call.Function, call.Overloads, operands[0], operands[1]),
            _ => new CallNode(call.Function, call.Overloads, operands),
        };
        if (operands is not [ConstantNode] || !Conversions.Contains(call.Function))
            return node;
        var value = node.Evaluate(new Frame(new CelActivation(), 0));
        return value.IsError ? node : new ConstantNode(value);
    }

    private Node BuildList(ListExpr list)
    {
        var items = list.Items.Select(Build).ToArray();
        return items.All(i => i is ConstantNode) && !list.Optional.Contains(true)
            ? new ConstantNode(new CelArrayList([.. items.Select(i => ((ConstantNode)i).Value)]))
            : new ListNode(items, list.Optional);
    }

    private Node BuildMap(MapExpr map)
    {
        var entries = map.Entries.Select(e => (Key: Build(e.Key), Value: Build(e.Value), e.IsOptional)).ToArray();
        var node = new MapNode(entries);
        if (!entries.All(e => e is { Key: ConstantNode, Value: ConstantNode, IsOptional: false }))
            return node;
        return new ConstantNode(node.Evaluate(new Frame(new CelActivation(), 0)));
    }

    private Node BuildComprehension(ComprehensionExpr fold)
    {
        var range = Build(fold.Range);
        var initial = Build(fold.Initial);
        var depth = _locals.Count;
        var accumulator = Push(fold.Accumulator);
        if (fold.IsBinding)
        {
            var body = Build(fold.Result);
            Pop(depth);
            return new BindingNode(accumulator, initial, body);
        }

        var variable = Push(fold.Variable);
        var second = fold.SecondVariable is null ? -1 : Push(fold.SecondVariable);
        var (condition, step) = (Build(fold.Condition), Build(fold.Step));
        Pop(accumulator + 1);
        var result = Build(fold.Result);
        Pop(depth);
        return new FoldNode
        {
            Range = range,
            Variable = variable,
            SecondVariable = second,
            Accumulator = accumulator,
            Initial = fold.Initial is ListExpr ? null : fold.Initial is MapExpr ? new EmptyMapNode() : initial,
            Condition = condition,
            Step = step,
            Result = result,
        };
    }

    private int Push(string name)
    {
        _locals.Add(name);
        LocalCount = Math.Max(LocalCount, _locals.Count);
        return _locals.Count - 1;
    }

    private void Pop(int depth) => _locals.RemoveRange(depth, _locals.Count - depth);
}
