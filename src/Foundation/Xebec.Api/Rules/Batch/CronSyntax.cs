using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.Api.Rules.Batch;

/// <summary>The syntax of a CronJob's schedule: five fields, or a descriptor such as @daily.</summary>
internal static class CronSyntax
{
    private static readonly (long Low, long High, string[] Names)[] Fields =
    [
        (0, 59, []),
        (0, 23, []),
        (1, 31, []),
        (1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        (0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    public static IReadOnlyList<string> Check(string schedule) => FirstError(schedule) is { } message ? [message] : [];

    private static string? FirstError(string schedule)
    {
        if (schedule.Length == 0)
            return "empty spec string";
        if (schedule.StartsWith("TZ=", StringComparison.Ordinal) || schedule.StartsWith("CRON_TZ=", StringComparison.Ordinal))
            schedule = schedule[Math.Max(schedule.IndexOf(' ', StringComparison.Ordinal), 0)..].Trim();
        if (schedule.StartsWith('@'))
            return DescriptorError(schedule);
        var words = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 5)
            return $"expected exactly 5 fields, found {words.Length}: [{string.Join(' ', words)}]";
        for (var i = 0; i < 5; i++)
        {
            foreach (var part in words[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (RangeError(part, Fields[i].Low, Fields[i].High, i) is { } message)
                    return message;
            }
        }

        return null;
    }

    private static string? DescriptorError(string text)
    {
        if (text is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly")
            return null;
        const string Every = "@every ";
        if (!text.StartsWith(Every, StringComparison.Ordinal))
            return $"unrecognized descriptor: {text}";
        return GoDuration.TryParse(text.AsSpan(Every.Length), out _)
            ? null
            : $"failed to parse duration {text}: time: invalid duration {GoText.Quote(text[Every.Length..])}";
    }

    private static string? RangeError(string text, long low, long high, int field)
    {
        var steps = text.Split('/');
        var ends = steps[0].Split('-');
        var (start, end) = (low, high);
        if (ends[0] is not ("*" or "?"))
        {
            if (NumberError(ends[0], field, out start) is { } startError)
                return startError;
            end = start;
            if (ends.Length == 2 && NumberError(ends[1], field, out end) is { } endError)
                return endError;
            if (ends.Length > 2)
                return $"too many hyphens: {text}";
        }

        var step = 1L;
        if (steps.Length == 2 && NumberError(steps[1], -1, out step) is { } stepError)
            return stepError;
        if (steps.Length > 2)
            return $"too many slashes: {text}";
        if (steps.Length == 2 && ends.Length == 1 && ends[0] is not ("*" or "?"))
            end = high;
        return BoundsError(text, (start, end, step), low, high);
    }

    private static string? BoundsError(string text, (long Start, long End, long Step) range, long low, long high) => range switch
    {
        _ when range.Start < low => $"beginning of range ({range.Start}) below minimum ({low}): {text}",
        _ when range.End > high => $"end of range ({range.End}) above maximum ({high}): {text}",
        _ when range.Start > range.End => $"beginning of range ({range.Start}) beyond end of range ({range.End}): {text}",
        _ when range.Step == 0 => $"step of range should be a positive number: {text}",
        _ => null,
    };

    private static string? NumberError(string text, int field, out long number)
    {
        number = field < 0 ? -1 : Array.IndexOf(Fields[field].Names, text.ToLowerInvariant());
        if (number >= 0)
        {
            number += Fields[field].Low;
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return $"failed to parse int from {text}: strconv.Atoi: parsing {GoText.Quote(text)}: invalid syntax";
        return number < 0 ? $"negative number ({number}) not allowed: {text}" : null;
    }
}
