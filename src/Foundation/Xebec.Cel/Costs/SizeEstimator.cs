using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Costs;

/// <summary>How large the values of a checked expression's nodes may be: from literals, from what was computed, from the declared types.</summary>
internal sealed class SizeEstimator(IReadOnlyList<CelVariable> variables)
{
    // What upstream takes the size of from where it knows no way from the variable: the rule's own object.
    private readonly CelType? _root = variables.FirstOrDefault(v => v.Name == "self")?.Type;
    private readonly Dictionary<Expr, CelType> _declared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, Bounds> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, EntrySize> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Stack<LocalSize>> _locals = new(StringComparer.Ordinal);

    public static CelType? Items(CelType? list) => list?.Kind == CelTypeKind.List ? list.Parameters[0] : null;

    public static CelType? Keys(CelType? map) => map?.Kind == CelTypeKind.Map ? map.Parameters[0] : null;

    public static CelType? Values(CelType? map) => map?.Kind == CelTypeKind.Map ? map.Parameters[1] : null;

    public void Push(string name, LocalSize local)
    {
        if (!_locals.TryGetValue(name, out var stack))
            _locals.Add(name, stack = new());
        stack.Push(local);
    }

    public void Pop(string name) => _locals[name].Pop();

    /// <summary>The declared type a node leads to; null when it is computed.</summary>
    public CelType? Declared(Expr expr) =>
        expr is IdentifierExpr name ? DeclaredName(name) : expr is SelectExpr { Qualified: not null } ? _root : _declared.GetValueOrDefault(expr);

    public void SetDeclared(Expr expr, CelType? type)
    {
        if (type is not null)
            _declared[expr] = type;
    }

    public Bounds SizeOrUnknown(Expr expr) => Size(expr) ?? Bounds.Unknown;

    public Bounds? Size(Expr expr)
    {
        if (_sizes.TryGetValue(expr, out var known))
            return known;
        if ((LiteralSize(expr) ?? DeclaredSize(Declared(expr)) ?? TypeSize(expr.Type)) is { } size)
            return size;
        return expr is IdentifierExpr { Name: var name } && Local(name) is { } local ? local.Size : null;
    }

    public void SetSize(Expr expr, Bounds? size)
    {
        if (size is { } known)
            _sizes[expr] = known;
    }

    public EntrySize? Entries(Expr expr)
    {
        if (_entries.TryGetValue(expr, out var known))
            return known;
        return expr is IdentifierExpr { Name: var name } && Local(name) is { } local ? local.Entries : null;
    }

    public void SetEntries(Expr expr, EntrySize? entries)
    {
        if (entries is not null)
            _entries[expr] = entries;
    }

    /// <summary>The size a declared type promises. What has no size in the model counts as none, as upstream's schemas have it.</summary>
    public static Bounds? DeclaredSize(CelType? type) => type switch
    {
        null => null,
        { MaxSize: { } maximum } => new Bounds(0, (ulong)Math.Max(0, maximum)),
        { Kind: CelTypeKind.Object or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Bool } => Bounds.Exactly(0),
        _ => null,
    };

    /// <summary>The declared type of what is iterated over, for a range that was computed the rule's own object, as upstream has it.</summary>
    public CelType? Iterated(CelType? range, Func<CelType?, CelType?> part) => range is null ? _root : part(range);

    private LocalSize? Local(string name) => _locals.TryGetValue(name, out var stack) && stack.TryPeek(out var local) ? local : null;

    private CelType? DeclaredName(IdentifierExpr name)
    {
        if (Local(name.Name) is { } local)
            return local.Declared;
        if (name.NamedType is not null)
            return _root;
        return variables.FirstOrDefault(v => v.Name == name.Name)?.Type;
    }

    private static Bounds? LiteralSize(Expr expr) => expr switch
    {
        LiteralExpr literal => Bounds.Exactly((ulong)(literal.Value is CelString or CelBytes ? literal.Value.Size!.Value : 1)),
        ListExpr list => Bounds.Exactly((ulong)list.Items.Count),
        MapExpr map => Bounds.Exactly((ulong)map.Entries.Count),
        _ => null,
    };

    private static Bounds? TypeSize(CelType type) => type.Kind switch
    {
        CelTypeKind.Bool or CelTypeKind.Double or CelTypeKind.Duration or CelTypeKind.Int or CelTypeKind.Timestamp or CelTypeKind.Uint =>
            Bounds.Exactly(1),
        CelTypeKind.Optional => TypeSize(type.Parameters[0]),
        _ => null,
    };
}
