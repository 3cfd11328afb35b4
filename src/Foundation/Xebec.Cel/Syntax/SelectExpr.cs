namespace Xebec.Cel.Syntax;

/// <summary>operand.field, or has(operand.field).</summary>
internal sealed class SelectExpr(int offset, Expr operand, string field, bool isTest = false) : Expr(offset)
{
    public Expr Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsTest { get; } = isTest;

    /// <summary>The qualified name the checker found the whole chain to be (a type), null when it is a field.</summary>
    public IdentifierExpr? Qualified { get; set; }

    public override int Height { get; } = operand.Height + 1;
}
