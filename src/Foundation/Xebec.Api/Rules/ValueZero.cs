using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>Go's idea of an unset value.</summary>
internal static class ValueZero
{
    /// <summary>Absent, null, "", 0, false or empty.</summary>
    public static bool IsZero(this Value? value) => value switch
    {
        null or NullValue => true,
        StringValue text => text.Text.Length == 0,
        NumberValue number => number.Real == 0,
        BoolValue flag => !flag.Flag,
        ListValue list => list.Count == 0,
        ObjectValue members => members.Count == 0,
        _ => false,
    };

    /// <summary>Absent or null.</summary>
    public static bool IsAbsent(this Value? value) => value is null or NullValue;

    /// <summary>Equal, where absent equals zero.</summary>
    public static bool SameOrBothZero(Value? left, Value? right) =>
        left.IsZero() ? right.IsZero() : left!.DeepEquals(right);
}
