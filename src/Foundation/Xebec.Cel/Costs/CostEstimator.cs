using Xebec.Cel.Syntax;

namespace Xebec.Cel.Costs;

/// <summary>
/// What an expression may cost, from its text and the size hints of its variables' types: upstream's model, which decides what a CRD may
/// contain, so its numbers are part of the API. Its twin is <see cref="RuntimeCosts"/>.
/// </summary>
internal sealed class CostEstimator
{
    private static readonly Bounds One = Bounds.Exactly(1);
    private readonly SizeEstimator _sizes;
    private readonly CallEstimator _calls;

    public CostEstimator(IReadOnlyList<CelVariable> variables)
    {
        _sizes = new SizeEstimator(variables);
        _calls = new CallEstimator(_sizes);
    }

    public CelCostEstimate Estimate(Expr expr)
    {
        var cost = Cost(expr);
        return new(cost.Min, cost.Max);
    }

    private Bounds Cost(Expr expr) => expr switch
    {
        IdentifierExpr => One,
        SelectExpr select => CostSelect(select),
        CallExpr call => CostCall(call),
        ListExpr list => CostList(list),
        MapExpr map => CostMap(map),
        ObjectExpr built => built.Fields.Aggregate(Bounds.Exactly(RuntimeCosts.ObjectBase), (sum, field) => sum + Cost(field.Value)),
        ComprehensionExpr { IsBinding: true } binding => CostBinding(binding),
        ComprehensionExpr fold => CostFold(fold),
        _ => default,
    };

    private Bounds CostSelect(SelectExpr select)
    {
        if (select.Qualified is not null)
            return One;
        var cost = Cost(select.Operand);
        if (select.IsTest)
            return cost;
        var declared = _sizes.Declared(select.Operand);
        _sizes.SetDeclared(select, declared is CelObjectType type ? type.Field(select.Field)?.Type : SizeEstimator.Values(declared));
        return select.Operand.Type.Kind is CelTypeKind.Map or CelTypeKind.Object ? cost + One : cost;
    }

    private Bounds CostCall(CallExpr call)
    {
        var argumentCosts = call.Arguments.Select(Cost).ToArray();
        if (call is { Function: "dyn", Target: null })
        {
            _sizes.SetSize(call, _sizes.Size(call.Arguments[0]));
            _sizes.SetEntries(call, _sizes.Entries(call.Arguments[0]));
            return argumentCosts[0] + One;
        }

        if (call.Function == Operators.OptionalSelect)
            return argumentCosts[0] + One;
        var targetCost = call.Target is null ? default : Cost(call.Target);
        var cost = new Bounds(ulong.MaxValue, 0);
        Bounds? resultSize = null;
        foreach (var overload in call.Overloads)
        {
            var estimate = _calls.Estimate(call, overload.Id, argumentCosts);
            cost = cost.Union(estimate.Cost);
            resultSize = estimate.ResultSize is { } size ? resultSize?.Union(size) ?? size : resultSize;
            NoteIndex(call, overload.Id, ref resultSize);
            resultSize ??= _sizes.Size(call);
        }

        _sizes.SetSize(call, resultSize);
        return call.Overloads.Count == 0 ? default : targetCost + cost;
    }

    private void NoteIndex(CallExpr call, string overload, ref Bounds? resultSize)
    {
        if (overload is not ("index_list" or "index_map"))
            return;
        resultSize = _sizes.Entries(call.Arguments[0])?.Value;
        var container = _sizes.Declared(call.Arguments[0]);
        _sizes.SetDeclared(call, overload == "index_list" ? SizeEstimator.Items(container) : SizeEstimator.Values(container));
    }

    private Bounds CostList(ListExpr list)
    {
        var cost = Bounds.Exactly(RuntimeCosts.ListBase);
        Bounds? itemSize = null;
        foreach (var item in list.Items)
        {
            cost += Cost(item);
            itemSize = _sizes.SizeOrUnknown(item) is var size && itemSize is { } known ? known.Union(size) : size;
        }

        _sizes.SetEntries(list, new EntrySize(CelTypeKind.List, One, itemSize ?? default));
        return cost;
    }

    private Bounds CostMap(MapExpr map)
    {
        var cost = Bounds.Exactly(RuntimeCosts.MapBase);
        Bounds? keySize = null;
        Bounds? valueSize = null;
        foreach (var entry in map.Entries)
        {
            cost += Cost(entry.Key) + Cost(entry.Value);
            keySize = _sizes.SizeOrUnknown(entry.Key) is var key && keySize is { } knownKey ? knownKey.Union(key) : key;
            valueSize = _sizes.SizeOrUnknown(entry.Value) is var value && valueSize is { } knownValue ? knownValue.Union(value) : value;
        }

        _sizes.SetEntries(map, new EntrySize(CelTypeKind.Map, keySize ?? default, valueSize ?? default));
        return cost;
    }

    private Bounds CostBinding(ComprehensionExpr binding)
    {
        var cost = Cost(binding.Range) + Cost(binding.Initial);
        PushAccumulator(binding);
        cost += Cost(binding.Result);
        _sizes.Pop(binding.Accumulator);
        _sizes.SetSize(binding, _sizes.Size(binding.Result));
        _sizes.SetEntries(binding, _sizes.Entries(binding.Result));
        return cost;
    }

    private void PushAccumulator(ComprehensionExpr fold) => _sizes.Push(
        fold.Accumulator,
        new LocalSize(fold.IsBinding ? _sizes.Declared(fold.Initial) : null, _sizes.Size(fold.Initial), _sizes.Entries(fold.Initial)));

    private Bounds CostFold(ComprehensionExpr fold)
    {
        var cost = Cost(fold.Range) + Cost(fold.Initial);
        PushAccumulator(fold);
        PushVariables(fold);
        var loopCost = Cost(fold.Condition) + Cost(fold.Step);
        _sizes.Pop(fold.Variable);
        if (fold.SecondVariable is not null)
            _sizes.Pop(fold.SecondVariable);
        cost += Cost(fold.Result);
        _sizes.Pop(fold.Accumulator);
        var count = _sizes.SizeOrUnknown(fold.Range);
        if (fold.Initial is LiteralExpr)
        {
            _sizes.SetSize(fold, _sizes.Size(fold.Initial));
        }
        else if (fold.Initial is ListExpr or MapExpr)
        {
            _sizes.SetSize(fold, count);
            _sizes.SetEntries(fold, _sizes.Entries(fold.Step));
        }

        return cost + count * loopCost;
    }

    private void PushVariables(ComprehensionExpr fold)
    {
        var entries = _sizes.Entries(fold.Range);
        var declared = _sizes.Declared(fold.Range);
        var isList = (entries?.Container ?? fold.Range.Type.Kind) == CelTypeKind.List;
        var key = new LocalSize(_sizes.Iterated(declared, isList ? _ => null : SizeEstimator.Keys), entries?.Key, null);
        var value = new LocalSize(_sizes.Iterated(declared, isList ? SizeEstimator.Items : SizeEstimator.Values), entries?.Value, null);
        if (fold.SecondVariable is null)
        {
            _sizes.Push(fold.Variable, isList ? value : key);
            return;
        }

        _sizes.Push(fold.Variable, key);
        _sizes.Push(fold.SecondVariable, value);
    }
}
