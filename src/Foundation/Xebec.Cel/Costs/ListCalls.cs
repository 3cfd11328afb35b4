using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Costs;

/// <summary>What calls of the lists extension may cost: all of them make a list.</summary>
internal static class ListCalls
{
    public static CallEstimate? Estimate(CallExpr call, string overload, Func<Expr, Bounds> size)
    {
        switch (overload)
        {
            case "list_slice":
                var end = Literal(call.Arguments[1], size(call.Target!).Max);
                return Allocation(1, Bounds.Exactly(end - Math.Min(end, Literal(call.Arguments[0], 0))));
            case "lists_range":
                return Allocation(1, Bounds.Exactly(Literal(call.Arguments[0], ulong.MaxValue)));
            case "list_reverse" or "list_flatten":
                return Allocation(1, size(call.Target!));
            case "list_flatten_int":
                return Allocation(Literal(call.Arguments[0], ulong.MaxValue), size(call.Target!));
            case "list_distinct":
                return Allocation(2, size(call.Target!) * size(call.Target!));
            case var other when other.EndsWith("_sort", StringComparison.Ordinal) || other.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal):
                var keys = size(call.Arguments.Count == 0 ? call.Target! : call.Arguments[0]);
                var isText = other.StartsWith("list_string_", StringComparison.Ordinal) || other.StartsWith("list_bytes_", StringComparison.Ordinal);
                return Allocation(isText ? 2 + RuntimeCosts.CharacterFactor : 2, keys * keys);
            default:
                return null;
        }
    }

    private static CallEstimate Allocation(double factor, Bounds size) =>
        new(size * factor + Bounds.Exactly(RuntimeCosts.AllocationBase), size);

    private static ulong Literal(Expr expr, ulong otherwise) =>
        expr is LiteralExpr { Value: CelInt { Number: >= 0 and var number } } ? (ulong)number : otherwise;
}
