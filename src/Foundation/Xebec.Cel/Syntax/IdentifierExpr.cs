namespace Xebec.Cel.Syntax;

/// <summary>A name of a variable, a type or a comprehension's variable.</summary>
internal sealed class IdentifierExpr(int offset, string name) : Expr(offset)
{
    /// <summary>As written, with a leading dot when it names the root; the checker leaves the name it found.</summary>
    public string Name { get; set; } = name;

    /// <summary>The type it names, when it names one.</summary>
    public CelType? NamedType { get; set; }

    public override int Height => 1;
}
