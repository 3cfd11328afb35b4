namespace Xebec.Cel.Syntax;

/// <summary>[a, ?b].</summary>
internal sealed class ListExpr(int offset, IReadOnlyList<Expr> items, IReadOnlyList<bool> optional) : Expr(offset)
{
    public IReadOnlyList<Expr> Items { get; } = items;

    /// <summary>Which items are optionals that are left out when they have no value.</summary>
    public IReadOnlyList<bool> Optional { get; } = optional;

    public override int Height { get; } = 1 + (items.Count == 0 ? 0 : items.Max(i => i.Height));
}
