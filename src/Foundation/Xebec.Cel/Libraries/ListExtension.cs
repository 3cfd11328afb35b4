using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>cel-go's lists extension, version 3. What they cost is charged before they run.</summary>
internal static class ListExtension
{
    private static readonly CelType[] Ordered =
        [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes];

    public static void AddTo(FunctionTable table)
    {
        var anything = CelType.List(CelType.Dyn);
        table.Method("slice", "list_slice", [ListOfA, CelType.Int, CelType.Int], ListOfA, v => Slice((CelList)v[0], Number(v[1]), Number(v[2])));
        table.Method("flatten", "list_flatten", CelType.List(ListOfA), ListOfA, v => Flatten((CelList)v, 1));
        table.Method("flatten", "list_flatten_int", anything, CelType.Int, anything, (l, depth) => Flatten((CelList)l, Number(depth)));
        table.Method("distinct", "list_distinct", ListOfA, ListOfA, v => new CelArrayList([.. Items((CelList)v).Distinct(CelValueComparer.Instance)]));
        table.Method("reverse", "list_reverse", ListOfA, ListOfA, v => new CelArrayList([.. Items((CelList)v).Reverse()]));
        table.Function("lists.range", "lists_range", CelType.Int, CelType.List(CelType.Int), v =>
            new CelArrayList([.. Enumerable.Range(0, (int)Math.Max(0, Number(v))).Select(i => CelInt.Of(i))]));
        foreach (var type in Ordered)
        {
            var keys = CelType.List(type);
            table.Method("sort", $"list_{type.Name}_sort", keys, keys, v => Sort((CelList)v, (CelList)v));
            table.Method(Operators.SortByKeys, $"list_{type.Name}_sortByAssociatedKeys", ListOfA, keys, ListOfA, (l, k) => Sort((CelList)l, (CelList)k));
        }
    }

    private static long Number(CelValue value) => ((CelInt)value).Number;

    private static IEnumerable<CelValue> Items(CelList list) => Enumerable.Range(0, list.Count).Select(i => list[i]);

    private static CelValue Slice(CelList list, long start, long end)
    {
        if (start < 0 || end < 0)
            return new CelError($"cannot slice({start}, {end}), negative indexes not supported");
        if (start > end)
            return new CelError($"cannot slice({start}, {end}), start index must be less than or equal to end index");
        return end > list.Count
            ? new CelError($"cannot slice({start}, {end}), list is length {list.Count}")
            : new CelArrayList([.. Items(list).Skip((int)start).Take((int)(end - start))]);
    }

    private static CelValue Flatten(CelList list, long depth)
    {
        if (depth < 0)
            return new CelError("level must be non-negative");
        var items = new List<CelValue>();
        Collect(list, depth, items);
        return new CelArrayList(items);
    }

    private static void Collect(CelList list, long depth, List<CelValue> items)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is CelList inner && depth > 0)
                Collect(inner, depth - 1, items);
            else
                items.Add(list[i]);
        }
    }

    private static CelValue Sort(CelList list, CelList keys)
    {
        if (list.Count != keys.Count)
            return CelError.NoSuchOverload;
        for (var i = 1; i < keys.Count; i++)
        {
            if (keys[i].Type.Kind != keys[0].Type.Kind)
                return new CelError("list elements must have the same type");
        }

        var order = Enumerable.Range(0, list.Count).OrderBy(i => keys[i], Comparer<CelValue>.Create((l, r) => l.CompareTo(r) ?? 0));
        return new CelArrayList([.. order.Select(i => list[i])]);
    }
}
