namespace Xebec.Cel.Syntax;

/// <summary>A node of a parsed expression; the checker notes its type on it.</summary>
/// <param name="offset">Where it is in the text, which for a call is its operator or parenthesis.</param>
internal abstract class Expr(int offset)
{
    public int Offset { get; } = offset;

    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>How deep the tree below it is; kept in bounds so that no walk of it exhausts the stack.</summary>
    public abstract int Height { get; }
}
