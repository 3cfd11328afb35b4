using Xebec.ApiMachinery.Quantities;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' quantity functions; sign is a function, not a method, as upstream declares it.</summary>
internal static class QuantityLibrary
{
    public static void AddTo(FunctionTable table)
    {
        var type = LibraryTypes.Quantity;
        table.Function("quantity", "string_to_quantity", CelType.String, type, Parse);
        table.Function("isQuantity", "is_quantity_string", CelType.String, CelType.Bool, v => CelBool.Of(Quantity.TryParse(Text.Of(v), out _)));
        table.Function("sign", "quantity_sign", type, CelType.Int, v => CelInt.Of(Math.Sign(Of(v).Value)));
        table.Method("isGreaterThan", "quantity_is_greater_than", type, type, CelType.Bool, (l, r) => CelBool.Of(Of(l) > Of(r)));
        table.Method("isLessThan", "quantity_is_less_than", type, type, CelType.Bool, (l, r) => CelBool.Of(Of(l) < Of(r)));
        table.Method("compareTo", "quantity_compare_to", type, type, CelType.Int, (l, r) => CelInt.Of(Math.Sign(Of(l).CompareTo(Of(r)))));
        table.Method("asApproximateFloat", "quantity_get_float", type, CelType.Double, v => new CelDouble((double)Of(v).Value));
        table.Method("isInteger", "quantity_is_integer", type, CelType.Bool, v => CelBool.Of(Whole(v) is not null));
        table.Method("asInteger", "quantity_get_int", type, CelType.Int, v =>
            Whole(v) is { } whole ? CelInt.Of(whole) : new CelError("cannot convert value to integer"));
        table.Method("add", "quantity_add", type, type, type, (l, r) => new QuantityValue(Of(l) + Of(r)));
        table.Method("add", "quantity_add_int", type, CelType.Int, type, (l, r) => new QuantityValue(Of(l) + OfInt(r)));
        table.Method("sub", "quantity_sub", type, type, type, (l, r) => new QuantityValue(Of(l) - Of(r)));
        table.Method("sub", "quantity_sub_int", type, CelType.Int, type, (l, r) => new QuantityValue(Of(l) - OfInt(r)));
    }

    private static Quantity Of(CelValue value) => ((QuantityValue)value).Quantity;

    private static Quantity OfInt(CelValue value) => new(((CelInt)value).Number, QuantityFormat.DecimalExponent);

    private static CelValue Parse(CelValue value)
    {
        try
        {
            return new QuantityValue(Quantity.Parse(Text.Of(value)));
        }
        catch (FormatException wrong)
        {
            return new CelError(wrong.Message);
        }
    }

    // The largest quantity stands for every larger one, so it is no integer.
    private static long? Whole(CelValue value)
    {
        var amount = Of(value).Value;
        return decimal.Truncate(amount) == amount && Math.Abs(amount) < long.MaxValue ? (long)amount : null;
    }
}
