namespace Xebec.Cel.Syntax;

/// <summary>{key: value}.</summary>
internal sealed class MapExpr(int offset, IReadOnlyList<MapEntry> entries) : Expr(offset)
{
    public IReadOnlyList<MapEntry> Entries { get; } = entries;

    public override int Height { get; } = 1 + (entries.Count == 0 ? 0 : entries.Max(e => Math.Max(e.Key.Height, e.Value.Height)));
}
