using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>Optional values (CEL proposal 246); field and item access with a question mark are nodes.</summary>
internal static class OptionalLibrary
{
    public static void AddTo(FunctionTable table)
    {
        table.Function("optional.of", "optional_of", A, OptionalOfA, v => CelOptional.Of(v));
        table.Function("optional.ofNonZeroValue", "optional_ofNonZeroValue", A, OptionalOfA, v => v.IsZero ? CelOptional.None : CelOptional.Of(v));
        table.Function("optional.none", "optional_none", OptionalOfA, () => CelOptional.None);
        table.Function("optional.unwrap", "optional_unwrap", CelType.List(OptionalOfA), ListOfA, Unwrap);
        table.Method("unwrapOpt", "optional_unwrapOpt", CelType.List(OptionalOfA), ListOfA, Unwrap);
        table.Method("value", "optional_value", OptionalOfA, A, v => ((CelOptional)v).Value ?? new CelError("optional.none() dereference"));
        table.Method("hasValue", "optional_hasValue", OptionalOfA, CelType.Bool, v => CelBool.Of(((CelOptional)v).Value is not null));
        table.Method("or", "optional_or_optional", OptionalOfA, OptionalOfA, OptionalOfA, (l, r) => ((CelOptional)l).Value is null ? r : l);
        table.Method("orValue", "optional_orValue_value", OptionalOfA, A, A, (l, r) => ((CelOptional)l).Value ?? r);
        table.Method("first", "list_first", ListOfA, OptionalOfA, v => EndOf((CelList)v, 0));
        table.Method("last", "list_last", ListOfA, OptionalOfA, v => EndOf((CelList)v, ((CelList)v).Count - 1));
    }

    private static CelValue EndOf(CelList list, int index) => list.Count == 0 ? CelOptional.None : CelOptional.OfFound(list[index]);

    private static CelValue Unwrap(CelValue value)
    {
        var list = (CelList)value;
        var present = new List<CelValue>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not CelOptional optional)
                return CelError.NoSuchOverload;
            if (optional.Value is not null)
                present.Add(optional.Value);
        }

        return new CelArrayList(present);
    }
}
