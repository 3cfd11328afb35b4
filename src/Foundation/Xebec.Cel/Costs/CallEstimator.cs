using Xebec.Cel.Libraries;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Costs;

/// <summary>What a call of each function may cost and how large its result may be.</summary>
internal sealed class CallEstimator(SizeEstimator sizes)
{
    private const double Character = RuntimeCosts.CharacterFactor;
    private static readonly Bounds One = Bounds.Exactly(1);

    // The longest text of a number, truth value, time or duration. cel-go leaves it unknown, but Kubernetes' own example of a
    // messageExpression ("x exceeded max limit of " + string(self.maxLimit)) must fit the limit.
    private static readonly Bounds ScalarText = new(1, 64);

    /// <summary>The cost of a call as one of its overloads, with its arguments.</summary>
    public CallEstimate Estimate(CallExpr call, string overload, Bounds[] argumentCosts)
    {
        switch (call.Function)
        {
            case Operators.And or Operators.Or:
                return new(new Bounds(argumentCosts[0].Min, (argumentCosts[0] + argumentCosts[1]).Max));
            case Operators.Conditional:
                sizes.SetEntries(call, EntrySize.Union(sizes.Entries(call.Arguments[1]), sizes.Entries(call.Arguments[2])));
                return new(
                    argumentCosts[0] + argumentCosts[1].Union(argumentCosts[2]),
                    Size(call.Arguments[1]).Union(Size(call.Arguments[2])));
        }

        var estimate = OfKubernetes(call) ?? OfLanguage(call, overload) ?? ListCalls.Estimate(call, overload, Size) ?? new CallEstimate(One);
        return estimate with { Cost = argumentCosts.Aggregate(estimate.Cost, (sum, cost) => sum + cost) };
    }

    private Bounds Size(Expr expr) => sizes.SizeOrUnknown(expr);

    private CallEstimate? OfKubernetes(CallExpr call)
    {
        var (target, arguments) = (call.Target, call.Arguments);
        switch (call.Function)
        {
            case "check":
                return new(Bounds.Exactly(RuntimeCosts.AuthorizationCheck));
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" when target is not null:
                return new(Traversal(target));
            case "url" when arguments.Count == 1:
                return new(Size(arguments[0]) * Character);
            case "lowerAscii" or "upperAscii" or "substring" or "trim" when target is not null:
                return new(Size(target) * Character, Size(target));
            case "replace" when target is not null:
                return new(Size(target) * (2 * Character), ReplacedSize(Size(target), Size(arguments[0]), Size(arguments[1])));
            case "split" when target is not null:
                return new(Size(target) * (2 * Character), new Bounds(0, SplitLimit(call) ?? Size(target).Max));
            case "join" when target is not null:
                var joined = JoinedSize(target, arguments);
                return new(joined * Character, joined);
            case "find" or "findAll" when target is not null:
                return new(Pattern(target, Size(arguments[0])), new Bounds(0, Size(target).Max));
            case "validate" when target is not null:
                return new(Pattern(arguments[0], Bounds.Exactly((ulong)FormatLibrary.LongestPattern)));
            case "containsIP" or "containsCIDR" when target is not null:
                return new(NetworkComparison(call));
            case "sets.contains" or "sets.intersects":
                return new(Size(arguments[0]) * Size(arguments[1]) + One);
            case "sets.equivalent":
                return new(Size(arguments[0]) * Size(arguments[1]) * 2.0 + One);
            default:
                return null;
        }
    }

    private CallEstimate? OfLanguage(CallExpr call, string overload)
    {
        var (target, arguments) = (call.Target, call.Arguments);
        switch (overload)
        {
            case not "bytes_to_string" when call.Function == "string" && overload.EndsWith("_to_string", StringComparison.Ordinal):
                return new(One, arguments[0].Type.Kind is CelTypeKind.String or CelTypeKind.Dyn ? Size(arguments[0]) : ScalarText);
            case "string_to_bytes":
                var text = Size(arguments[0]);
                return new(text * Character, new Bounds(text.Min, (Bounds.Exactly(text.Max) * Bounds.Exactly(4)).Max));
            case "bytes_to_string":
                var bytes = Size(arguments[0]);
                return new(bytes * Character, bytes with { Min = bytes.Min / 4 });
            case "starts_with_string" or "ends_with_string":
                return new(Size(arguments[0]) * Character);
            case "in_list":
                return new(Size(arguments[1]));
            case "matches_string":
                return new(Pattern(target!, Size(arguments[0])));
            case "contains_string":
                return new(Size(target!) * Character * (Size(arguments[0]) * Character));
            case "add_string" or "add_bytes" or "add_list":
                return Concatenation(call, isList: overload == "add_list");
            case "_<_string" or "_<=_string" or "_>_string" or "_>=_string" or "_<_bytes" or "_<=_bytes" or "_>_bytes" or "_>=_bytes"
                or "equals" or "not_equals":
                var shorter = Math.Min(Size(arguments[0]).Max, Size(arguments[1]).Max);
                return new(new Bounds(shorter > 0 ? 1UL : 0, shorter) * Character);
            default:
                return null;
        }
    }

    private CallEstimate Concatenation(CallExpr call, bool isList)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var size = Size(left) + Size(right);
        sizes.SetEntries(call, EntrySize.Union(sizes.Entries(left), sizes.Entries(right)));
        return new(isList ? One : size * Character, size);
    }

    private Bounds Pattern(Expr text, Bounds patternSize) =>
        (Size(text) + One) * Character * (patternSize * RuntimeCosts.PatternFactor);

    // One for each item, and what it takes to read items that are text.
    private Bounds Traversal(Expr target)
    {
        if (target.Type.Kind != CelTypeKind.List)
            return Size(target) * Character;
        var itemCost = One;
        if (target.Type.Parameters[0].Kind is CelTypeKind.String or CelTypeKind.Bytes)
            itemCost += (SizeEstimator.DeclaredSize(SizeEstimator.Items(sizes.Declared(target))) ?? Bounds.Unknown) * Character;
        return Size(target) * itemCost;
    }

    private static ulong? SplitLimit(CallExpr call) =>
        call.Arguments is [_, LiteralExpr { Value: CelInt { Number: >= 0 and var limit } }] ? (ulong)limit : null;

    private Bounds JoinedSize(Expr target, IReadOnlyList<Expr> arguments)
    {
        var list = Size(target);
        var itemSize = SizeEstimator.DeclaredSize(SizeEstimator.Items(sizes.Declared(target))) ?? Bounds.Unknown;
        var size = list * itemSize;
        if (arguments.Count == 0)
            return size;
        return size + Size(arguments[0]) * new Bounds(list.Min > 0 ? list.Min - 1 : 0, list.Max > 0 ? list.Max - 1 : 0);
    }

    // The longest and the shortest text that replacing may give.
    private static Bounds ReplacedSize(Bounds text, Bounds old, Bounds with)
    {
        var (most, longest) = old.Min == 0 ? (Increment(text.Max), text.Max)
            : with.Max <= old.Min ? (0UL, text.Max)
            : ((ulong)Math.Min(Math.Ceiling((double)text.Max / old.Min), 1.8446744073709550e19), 0UL);
        var (fewest, shortest) = old.Max == 0 ? (Increment(text.Min), text.Min)
            : old.Max <= with.Min ? (0UL, text.Min)
            : ((ulong)Math.Ceiling((double)text.Min / old.Max), 0UL);
        return new Bounds(fewest, most) * with + new Bounds(shortest, longest);
    }

    private static ulong Increment(ulong value) => value == ulong.MaxValue ? value : value + 1;

    private Bounds NetworkComparison(CallExpr call)
    {
        var address = new Bounds(4, 16);
        var cost = (address + address) * Character;
        if (call.Function == "containsCIDR")
            cost += address * Character + One;
        return call.Arguments[0].Type.Kind == CelTypeKind.String ? cost + Size(call.Arguments[0]) * Character : cost;
    }
}
