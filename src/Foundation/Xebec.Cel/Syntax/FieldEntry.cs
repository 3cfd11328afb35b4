namespace Xebec.Cel.Syntax;

/// <summary>field: value, or ?field: value.</summary>
internal sealed record FieldEntry(int Offset, string Name, Expr Value, bool IsOptional);
