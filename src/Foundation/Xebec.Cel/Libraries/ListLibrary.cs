using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' list functions.</summary>
internal static class ListLibrary
{
    private static readonly CelType[] Ordered =
        [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes];

    private static readonly (CelType Type, CelValue Zero)[] Summable =
    [
        (CelType.Int, CelInt.Of(0)), (CelType.Uint, new CelUint(0)), (CelType.Double, new CelDouble(0)), (CelType.Duration, new CelDuration(0)),
    ];

    public static void AddTo(FunctionTable table)
    {
        foreach (var type in Ordered)
        {
            var list = CelType.List(type);
            table.Method("isSorted", $"list_{type.Name}_is_sorted_bool", list, CelType.Bool, v => IsSorted((CelList)v));
            table.Method("max", $"list_{type.Name}_max", list, type, v => Best("max", (CelList)v, 1));
            table.Method("min", $"list_{type.Name}_min", list, type, v => Best("min", (CelList)v, -1));
        }

        foreach (var (type, zero) in Summable)
            table.Method("sum", $"list_{type.Name}_sum", CelType.List(type), type, v => Sum((CelList)v, zero));
        table.Method("indexOf", "list_a_index_of_int", ListOfA, A, CelType.Int, (l, v) => IndexOf((CelList)l, v));
        table.Method("lastIndexOf", "list_a_last_index_of_int", ListOfA, A, CelType.Int, (l, v) => LastIndexOf((CelList)l, v));
    }

    private static CelValue IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (list[i - 1].CompareTo(list[i]) is not { } order)
                return CelError.NoSuchOverload;
            if (order > 0)
                return CelBool.False;
        }

        return CelBool.True;
    }

    private static CelValue Best(string function, CelList list, int wanted)
    {
        if (list.Count == 0)
            return new CelError($"{function} called on empty list");
        var best = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            if (list[i].CompareTo(best) is not { } order)
                return CelError.NoSuchOverload;
            if (Math.Sign(order) == wanted)
                best = list[i];
        }

        return best;
    }

    private static CelValue Sum(CelList list, CelValue zero)
    {
        var sum = list.Count == 0 ? zero : list[0];
        for (var i = 1; i < list.Count && !sum.IsError; i++)
        {
            if (list[i].Type.Kind != sum.Type.Kind)
                return CelError.NoSuchOverload;
            sum = sum is CelDuration ? TimeArithmetic.Sum(sum, list[i], 1) : Arithmetic.Add(sum, list[i]);
        }

        return sum;
    }

    private static CelInt IndexOf(CelList list, CelValue item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].EqualTo(item))
                return CelInt.Of(i);
        }

        return CelInt.Of(-1);
    }

    private static CelInt LastIndexOf(CelList list, CelValue item)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (list[i].EqualTo(item))
                return CelInt.Of(i);
        }

        return CelInt.Of(-1);
    }
}
