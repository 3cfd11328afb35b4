namespace Xebec.Cel.Syntax;

/// <summary>key: value, or ?key: value.</summary>
internal sealed record MapEntry(int Offset, Expr Key, Expr Value, bool IsOptional);
