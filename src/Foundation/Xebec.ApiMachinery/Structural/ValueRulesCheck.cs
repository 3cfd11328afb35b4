using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Checks one value against the rules that are about the value alone.</summary>
internal static class ValueRulesCheck
{
    public static void Check(Value value, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        switch (value)
        {
            case StringValue text:
                CheckText(text, rules, path, errors);
                break;
            case NumberValue number:
                CheckNumber(number, rules, path, errors);
                break;
            case ListValue items:
                CheckItems(items, rules, path, errors);
                break;
            case ObjectValue members:
                CheckMembers(members, rules, path, errors);
                break;
        }

        if (rules.Enum.Count > 0 && !rules.Enum.Any(value.DeepEquals))
        {
            errors.Add(FieldError.NotSupported(
                ValuePath.ToFieldPath(path), value, rules.Enum.Select(v => v.AsString() ?? v.ToString())));
        }
    }

    private static void CheckText(StringValue value, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        var text = value.Text;
        if (rules.MaxLength is { } maximum && text.Length > maximum && Characters(text) > maximum)
            errors.Add(FieldError.TooLong(ValuePath.ToFieldPath(path), (int)maximum));
        if (rules.MinLength is { } minimum && Characters(text) < minimum)
            Invalid(value, path, errors, $"should be at least {minimum} chars long");
        if (rules.Pattern is { } pattern && !pattern.IsMatch(text))
            Invalid(value, path, errors, $"should match '{pattern.Source}'");
        if (rules.Format.Length > 0 && !TextFormats.IsValid(rules.Format, text))
        {
            var message = $"{ValuePath.Text(path)} in body must be of type {rules.Format}: {GoText.Quote(text)}";
            errors.Add(FieldError.TypeInvalid(ValuePath.ToFieldPath(path), value, message));
        }
    }

    private static int Characters(string text)
    {
        var count = text.Length;
        foreach (var letter in text)
        {
            if (char.IsLowSurrogate(letter))
                count--;
        }

        return count;
    }

    private static void CheckNumber(NumberValue value, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        if (rules.MultipleOf is > 0 and var factor && !IsMultiple(value, factor))
            Invalid(value, path, errors, $"should be a multiple of {Show(factor)}");
        if (rules.Maximum is { } maximum && (rules.ExclusiveMaximum ? value.Real >= maximum : value.Real > maximum))
            Invalid(value, path, errors, $"should be less than {(rules.ExclusiveMaximum ? "" : "or equal to ")}{Show(maximum)}");
        if (rules.Minimum is { } minimum && (rules.ExclusiveMinimum ? value.Real <= minimum : value.Real < minimum))
            Invalid(value, path, errors, $"should be greater than {(rules.ExclusiveMinimum ? "" : "or equal to ")}{Show(minimum)}");
    }

    private static bool IsMultiple(NumberValue value, double factor)
    {
        if (value.IsWhole && Math.Floor(factor) == factor && Math.Abs(factor) < long.MaxValue)
            return value.Whole % (long)factor == 0;
        var times = value.Real / factor;
        return Math.Floor(times) == times;
    }

    private static void CheckItems(ListValue items, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        if (rules.MinItems is { } minimum && items.Count < minimum)
            Invalid(items, path, errors, $"should have at least {minimum} items", items.Count);
        if (rules.MaxItems is { } maximum && items.Count > maximum)
            errors.Add(FieldError.TooMany(ValuePath.ToFieldPath(path), items.Count, (int)maximum));
        if (rules.UniqueItems && HasRepeated(items))
            Invalid(items, path, errors, "shouldn't contain duplicates");
    }

    private static bool HasRepeated(ListValue items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (items[i].DeepEquals(items[j]))
                    return true;
            }
        }

        return false;
    }

    private static void CheckMembers(ObjectValue members, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        if (rules.MinProperties is { } minimum && members.Count < minimum)
            Invalid(members, path, errors, $"should have at least {minimum} properties", members.Count);
        if (rules.MaxProperties is { } maximum && members.Count > maximum)
            errors.Add(FieldError.TooMany(ValuePath.ToFieldPath(path), members.Count, (int)maximum));
    }

    private static void Invalid(Value value, ValuePath? path, List<FieldError> errors, string message, long? count = null) =>
        errors.Add(FieldError.Invalid(
            ValuePath.ToFieldPath(path), count is { } number ? number : value, $"{ValuePath.Text(path)} in body {message}"));

    private static string Show(double number) =>
        Math.Floor(number) == number && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : new NumberValue(number).ToString();
}
