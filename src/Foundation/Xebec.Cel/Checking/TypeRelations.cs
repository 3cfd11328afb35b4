namespace Xebec.Cel.Checking;

/// <summary>How types agree, apart from type parameters.</summary>
internal static class TypeRelations
{
    public static bool IsDyn(CelType type) => type.Kind == CelTypeKind.Dyn;

    public static bool IsDynOrError(CelType type) => type.Kind is CelTypeKind.Dyn or CelTypeKind.Error;

    /// <summary>Types whose values may be null in place of a value.</summary>
    public static bool IsNullable(CelType type) =>
        type.Kind is CelTypeKind.Null or CelTypeKind.Opaque or CelTypeKind.Optional or CelTypeKind.Object or CelTypeKind.Duration
            or CelTypeKind.Timestamp;

    public static bool Same(CelType left, CelType right)
    {
        if (left.Kind != right.Kind || left.Name != right.Name || left.Parameters.Count != right.Parameters.Count)
            return false;
        for (var i = 0; i < left.Parameters.Count; i++)
        {
            if (!Same(left.Parameters[i], right.Parameters[i]))
                return false;
        }

        return true;
    }

    public static CelType MostGeneral(CelType left, CelType right) => IsEqualOrLessSpecific(left, right) ? left : right;

    private static bool IsEqualOrLessSpecific(CelType left, CelType right)
    {
        if (IsDyn(left) || left.Kind == CelTypeKind.Parameter)
            return true;
        if (IsDyn(right) || right.Kind == CelTypeKind.Parameter)
            return false;
        if (left.Kind != right.Kind || left.Name != right.Name || left.Parameters.Count != right.Parameters.Count)
            return false;
        if (left.Kind == CelTypeKind.Type)
            return true;
        for (var i = 0; i < left.Parameters.Count; i++)
        {
            if (!IsEqualOrLessSpecific(left.Parameters[i], right.Parameters[i]))
                return false;
        }

        return true;
    }
}
