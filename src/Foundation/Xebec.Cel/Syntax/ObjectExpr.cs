namespace Xebec.Cel.Syntax;

/// <summary>TypeName{field: value}.</summary>
internal sealed class ObjectExpr(int offset, string typeName, IReadOnlyList<FieldEntry> fields) : Expr(offset)
{
    public string TypeName { get; } = typeName;

    public IReadOnlyList<FieldEntry> Fields { get; } = fields;

    public override int Height { get; } = 1 + (fields.Count == 0 ? 0 : fields.Max(f => f.Value.Height));
}
