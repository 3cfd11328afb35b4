using System.Globalization;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>A number of pods, or a percentage of them.</summary>
internal static class IntOrPercent
{
    /// <summary>Not negative, and a percentage when it is a text.</summary>
    public static void Check(ObjectValue item, string field, CheckContext context)
    {
        if (item[field] is StringValue text && PortRules.Percent(text.Text) is { Count: > 0 } messages)
            context.AddInvalid(context.At(field), text, messages);
        else if (item[field]?.AsInt64() is { } number and < 0)
            context.Invalid(field, number, "must be greater than or equal to 0");
    }

    /// <summary>Not more than all.</summary>
    public static void CheckAtMostAll(ObjectValue item, string field, CheckContext context)
    {
        if (item[field] is StringValue text && Amount(text) > 100)
            context.Invalid(field, text, "must not be greater than 100%");
    }

    /// <summary>The number, or the number of percent; 0 when it is absent or malformed.</summary>
    public static long Amount(Value? value) => value switch
    {
        StringValue { Text: [.. var digits, '%'] } => Percent(digits),
        _ => value?.AsInt64() ?? 0,
    };

    private static long Percent(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : 0;
}
