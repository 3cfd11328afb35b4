using Xebec.Cel.Values;

namespace Xebec.Cel.Functions;

/// <summary>One signature of a function and its code; exactly one of the three forms of code is set.</summary>
internal sealed class Overload
{
    public required string Function { get; init; }

    /// <summary>Its name in the cost model, upstream's overload id.</summary>
    public required string Id { get; init; }

    public required bool IsMethod { get; init; }

    /// <summary>The types of target and arguments.</summary>
    public required IReadOnlyList<CelType> Parameters { get; init; }

    public required CelType Result { get; init; }

    public Func<CelValue, CelValue>? Unary { get; init; }

    public Func<CelValue, CelValue, CelValue>? Binary { get; init; }

    public Func<CelValue[], CelValue>? Many { get; init; }

    /// <summary>Arguments may be errors, which the code handles itself.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Whether a value can be this parameter.</summary>
    public bool Accepts(int parameter, CelValue value)
    {
        var type = Parameters[parameter];
        return type.Kind switch
        {
            CelTypeKind.Dyn or CelTypeKind.Parameter => true,
            CelTypeKind.Int => value is CelInt,
            CelTypeKind.String => value is CelString,
            CelTypeKind.List => value is CelList,
            CelTypeKind.Map => value is CelMap,
            CelTypeKind.Opaque => value.Type.Name == type.Name,
            CelTypeKind.Optional => value is CelOptional,
            _ => value.Type.Kind == type.Kind,
        };
    }
}
