namespace Xebec.Cel.Syntax;

/// <summary>
/// What macros become: a fold of a range into an accumulator. A binding of a name is a fold of nothing whose accumulator is the name.
/// </summary>
internal sealed class ComprehensionExpr(int offset) : Expr(offset)
{
    private int? _height;

    public required Expr Range { get; init; }

    public required string Variable { get; init; }

    /// <summary>The second variable of a two-variable comprehension; the first is then the index or key.</summary>
    public string? SecondVariable { get; init; }

    public required string Accumulator { get; init; }

    public required Expr Initial { get; init; }

    public required Expr Condition { get; init; }

    public required Expr Step { get; init; }

    public required Expr Result { get; init; }

    /// <summary>It only gives <see cref="Initial"/> a name.</summary>
    public bool IsBinding { get; init; }

    public override int Height => _height ??= 1 + new[] { Range, Initial, Condition, Step, Result }.Max(e => e.Height);
}
