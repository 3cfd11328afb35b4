namespace Xebec.Cel.Checking;

/// <summary>What the type parameters met so far stand for. An attempt that fails leaves no trace.</summary>
internal sealed class TypeBindings
{
    private readonly Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);
    private readonly Stack<(string Parameter, CelType? Before)> _changes = new();
    private int _fresh;

    public CelType Fresh() => CelType.Parameter($"%{_fresh++}");

    /// <summary>Whether values of the types can be given for the others, binding parameters to make it so.</summary>
    public bool Agree(IReadOnlyList<CelType> given, IReadOnlyList<CelType> expected)
    {
        if (given.Count != expected.Count)
            return false;
        _changes.Clear();
        for (var i = 0; i < given.Count; i++)
        {
            if (Matches(given[i], expected[i]))
                continue;
            Undo();
            return false;
        }

        return true;
    }

    public bool Agree(CelType given, CelType expected) => Agree([given], [expected]);

    /// <summary>The type with its bound parameters replaced; those that are not bound become dyn when that is asked for.</summary>
    public CelType Resolve(CelType type, bool unboundIsDyn)
    {
        if (type.Kind == CelTypeKind.Parameter)
            return _bound.TryGetValue(type.Name, out var bound) ? Resolve(bound, unboundIsDyn) : unboundIsDyn ? CelType.Dyn : type;
        return Rebuild(type, parameter => Resolve(parameter, unboundIsDyn));
    }

    /// <summary>The types of a signature with parameters of its own, so that two uses do not affect each other.</summary>
    public CelType Instantiate(CelType type, Dictionary<string, CelType> fresh)
    {
        if (type.Kind != CelTypeKind.Parameter)
            return Rebuild(type, parameter => Instantiate(parameter, fresh));
        if (!fresh.TryGetValue(type.Name, out var parameter))
            fresh.Add(type.Name, parameter = Fresh());
        return parameter;
    }

    private static CelType Rebuild(CelType type, Func<CelType, CelType> replace)
    {
        if (type.Parameters.Count == 0)
            return type;
        var parameters = new CelType[type.Parameters.Count];
        var isSame = true;
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = replace(type.Parameters[i]);
            isSame &= ReferenceEquals(parameters[i], type.Parameters[i]);
        }

        return isSame ? type : type.WithParameters(parameters);
    }

    private bool Matches(CelType given, CelType expected)
    {
        if (expected.Kind == CelTypeKind.Parameter)
        {
            var fits = Bind(given, expected, out var wasBound);
            if (fits || wasBound)
                return fits;
        }

        if (given.Kind == CelTypeKind.Parameter)
            return Bind(expected, given, out _);
        if (TypeRelations.IsDynOrError(given) || TypeRelations.IsDynOrError(expected))
            return true;
        if (given.Kind == CelTypeKind.Null)
            return TypeRelations.IsNullable(expected);
        if (expected.Kind == CelTypeKind.Null)
            return TypeRelations.IsNullable(given);
        if (given.Kind == CelTypeKind.Type || expected.Kind == CelTypeKind.Type)
            return given.Kind == expected.Kind;
        return given.Kind == expected.Kind && given.Name == expected.Name && ParametersMatch(given, expected);
    }

    private bool ParametersMatch(CelType given, CelType expected)
    {
        if (given.Parameters.Count != expected.Parameters.Count)
            return false;
        for (var i = 0; i < given.Parameters.Count; i++)
        {
            if (!Matches(given.Parameters[i], expected.Parameters[i]))
                return false;
        }

        return true;
    }

    private bool Bind(CelType type, CelType parameter, out bool wasBound)
    {
        wasBound = true;
        if (TypeRelations.Same(type, parameter))
            return true;
        if (_bound.TryGetValue(parameter.Name, out var bound))
        {
            if (TypeRelations.Same(type, bound))
                return true;
            if (!Matches(type, bound))
                return false;
            var general = TypeRelations.MostGeneral(type, bound);
            if (!Mentions(general, parameter))
                Set(parameter, general);
            return true;
        }

        wasBound = false;
        if (Mentions(type, parameter))
            return false;
        Set(parameter, type);
        return true;
    }

    private void Set(CelType parameter, CelType type)
    {
        _changes.Push((parameter.Name, _bound.GetValueOrDefault(parameter.Name)));
        _bound[parameter.Name] = type;
    }

    private void Undo()
    {
        while (_changes.TryPop(out var change))
        {
            if (change.Before is null)
                _bound.Remove(change.Parameter);
            else
                _bound[change.Parameter] = change.Before;
        }
    }

    private bool Mentions(CelType type, CelType parameter)
    {
        if (type.Kind == CelTypeKind.Parameter)
            return type.Name == parameter.Name || (_bound.TryGetValue(type.Name, out var bound) && Mentions(bound, parameter));
        foreach (var inner in type.Parameters)
        {
            if (Mentions(inner, parameter))
                return true;
        }

        return false;
    }
}
