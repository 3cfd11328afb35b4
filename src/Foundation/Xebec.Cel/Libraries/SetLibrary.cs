using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>Lists as sets (cel-go's sets extension).</summary>
internal static class SetLibrary
{
    public static void AddTo(FunctionTable table)
    {
        table.Function("sets.contains", "list_sets_contains_list", ListOfA, ListOfA, CelType.Bool, (l, r) =>
            CelBool.Of(Contains((CelList)l, (CelList)r)));
        table.Function("sets.equivalent", "list_sets_equivalent_list", ListOfA, ListOfA, CelType.Bool, (l, r) =>
            CelBool.Of(Contains((CelList)l, (CelList)r) && Contains((CelList)r, (CelList)l)));
        table.Function("sets.intersects", "list_sets_intersects_list", ListOfA, ListOfA, CelType.Bool, (l, r) =>
            CelBool.Of(Intersects((CelList)l, (CelList)r)));
    }

    private static bool Contains(CelList list, CelList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!list.Contains(items[i]))
                return false;
        }

        return true;
    }

    private static bool Intersects(CelList left, CelList right)
    {
        for (var i = 0; i < left.Count; i++)
        {
            if (right.Contains(left[i]))
                return true;
        }

        return false;
    }
}
