using System.Text.RegularExpressions;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>The attributes and capacities of a device.</summary>
internal static partial class DevicePropertyRules
{
    private const int ValueMaximumBytes = 64;
    private const int MostOptions = 10;
    private const string OneValue = "exactly one value must be specified";

    private static readonly string[] ValueFields = ["bool", "int", "string", "version"];

    public static void CheckAttributes(ObjectValue attributes, FieldPath path, CheckContext context)
    {
        foreach (var (key, value) in attributes)
        {
            DeviceNames.CheckQualified(path, key, context);
            CheckAttribute(value.AsObject() ?? [], path.Key(key), context);
        }
    }

    public static void CheckCapacity(ObjectValue capacity, bool isShared, FieldPath path, CheckContext context)
    {
        foreach (var (key, value) in capacity)
        {
            DeviceNames.CheckQualified(path, key, context);
            if (value.AsObject()?.GetObject("requestPolicy") is not { } policy)
                continue;
            var policyPath = path.Key(key).Child("requestPolicy");
            if (!isShared)
                context.Add(FieldError.Forbidden(policyPath, "allowMultipleAllocations must be true"));
            else
                CheckPolicy(policy, Amount(value.AsObject()!["value"]) ?? default, policyPath, context);
        }
    }

    private static void CheckAttribute(ObjectValue attribute, FieldPath path, CheckContext context)
    {
        var count = ValueFields.Count(f => !attribute[f].IsAbsent());
        if (count == 0)
            context.Add(FieldError.Invalid(path, "", OneValue));
        else if (count > 1)
            context.Add(FieldError.Invalid(path, attribute, OneValue));
        if (attribute.GetString("string") is { Length: > ValueMaximumBytes })
            context.Add(FieldError.TooLong(path.Child("string"), ValueMaximumBytes));
        if (attribute.GetString("version") is not { } version)
            return;
        if (!SemanticVersion().IsMatch(version))
            context.Add(FieldError.Invalid(path.Child("version"), version, "must be a string compatible with semver.org spec 2.0.0"));
        if (version.Length > ValueMaximumBytes)
            context.Add(FieldError.TooLong(path.Child("version"), ValueMaximumBytes));
    }

    private static void CheckPolicy(ObjectValue policy, Quantity most, FieldPath path, CheckContext context)
    {
        var (values, range) = (policy.GetList("validValues") ?? [], policy.GetObject("validRange"));
        if (values.Count > 0 && range is not null)
        {
            const string Message = "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time";
            context.Add(FieldError.Forbidden(path, Message));
            return;
        }

        if (values.Count == 0 && range is null)
            return;
        var field = range is null ? "validValues" : "validRange";
        if (Amount(policy["default"]) is not { } preset)
            context.Add(FieldError.Required(path.Child("default"), $"required when {field} is defined"));
        else if (range is null)
            CheckValues(values, preset, most, path.Child(field), context);
        else
            CheckRange(range, preset, most, path.Child(field), context);
    }

    private static void CheckValues(ListValue values, Quantity preset, Quantity most, FieldPath path, CheckContext context)
    {
        if (values.Count > MostOptions)
            context.Add(FieldError.TooMany(path, values.Count, MostOptions));
        var hasPreset = false;
        for (var i = 0; i < values.Count; i++)
        {
            var value = Amount(values[i]) ?? default;
            if (i > 0 && Amount(values[i - 1]) > value)
                context.Add(FieldError.Invalid(path.Index(i), values[i], "values must be sorted in ascending order"));
            if (value > most)
                context.Add(FieldError.Invalid(path.Index(i), values[i], $"option is larger than capacity value: {most}"));
            if (values.Take(i).Any(v => Amount(v) == value))
                context.Add(FieldError.Duplicate(path.Index(i), value.ToString()));
            hasPreset |= value == preset;
        }

        if (!hasPreset)
            context.Add(FieldError.Invalid(path, preset.ToString(), "default value is not valid according to the requestPolicy"));
    }

    private static void CheckRange(ObjectValue range, Quantity preset, Quantity most, FieldPath path, CheckContext context)
    {
        if (Amount(range["min"]) is not { } low)
        {
            context.Add(FieldError.Required(path.Child("min"), "required when validRange is defined"));
            return;
        }

        if (low > most)
            context.Add(FieldError.Invalid(path.Child("min"), low.ToString(), $"min is larger than capacity value: {most}"));
        if (preset < low)
            context.Add(FieldError.Invalid(path.Child("default"), preset.ToString(), $"default is less than min: {low}"));
        if (Amount(range["max"]) is { } high)
        {
            if (low > high)
                context.Add(FieldError.Invalid(path.Child("max"), low.ToString(), $"min is larger than max: {high}"));
            if (high > most)
                context.Add(FieldError.Invalid(path.Child("max"), high.ToString(), $"max is larger than capacity value: {most}"));
            if (preset > high)
                context.Add(FieldError.Invalid(path.Child("default"), preset.ToString(), $"default is more than max: {high}"));
        }

        if (Amount(range["step"]) is { } step)
            CheckStep(range, preset, (low, step, most), path.Child("step"), context);
    }

    private static void CheckStep(
        ObjectValue range, Quantity preset, (Quantity Low, Quantity Step, Quantity Most) limits, FieldPath path, CheckContext context)
    {
        var (low, step, most) = limits;
        if (step.Value <= 0)
        {
            context.Add(FieldError.Invalid(path, step.ToString(), "must be greater than zero"));
            return;
        }

        if (low + step is var first && first > most)
            context.Add(FieldError.Invalid(path, step.ToString(), $"one step {first} is larger than capacity value: {most}"));
        foreach (var value in new[] { preset, Amount(range["max"]) ?? low })
        {
            if ((value.WholeValue - low.WholeValue) % step.WholeValue != 0)
                context.Add(FieldError.Invalid(path, value.ToString(), $"value is not a multiple of a given step ({step}) from ({low})"));
        }
    }

    private static Quantity? Amount(Value? value) => Quantity.TryParse(value?.AsString() ?? "", out var amount) ? amount : null;

    [GeneratedRegex(
        @"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)" +
        @"(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SemanticVersion();
}
