using Xebec.Cel.Values;

namespace Xebec.Cel.Syntax;

/// <summary>A literal.</summary>
internal sealed class LiteralExpr(int offset, CelValue value) : Expr(offset)
{
    public CelValue Value { get; } = value;

    public override int Height => 1;
}
