using Xebec.Cel.Functions;

namespace Xebec.Cel.Syntax;

/// <summary>A call of a function or an operator; a method's target is apart from its arguments.</summary>
internal sealed class CallExpr(int offset, string function, Expr? target, IReadOnlyList<Expr> arguments) : Expr(offset)
{
    public string Function { get; set; } = function;

    public Expr? Target { get; set; } = target;

    public IReadOnlyList<Expr> Arguments { get; } = arguments;

    /// <summary>The overloads that the static types leave open; set by the checker.</summary>
    public IReadOnlyList<Overload> Overloads { get; set; } = [];

    public override int Height { get; } = 1 + Math.Max(target?.Height ?? 0, arguments.Count == 0 ? 0 : arguments.Max(a => a.Height));

    /// <summary>Target and arguments in one list.</summary>
    public IReadOnlyList<Expr> Operands => Target is null ? Arguments : [Target, .. Arguments];
}
