using System.Globalization;
using Xebec.ApiMachinery.Errors;

namespace Xebec.Api.Rules.Batch;

/// <summary>Indexes of a job as text: single ones and intervals in ascending order, such as 1,3-5,7.</summary>
internal static class IndexIntervals
{
    /// <summary>How many indexes a text names, and what is wrong with it.</summary>
    public static (long Total, string? Error) Count(string text, long completions)
    {
        var (total, last) = (0L, -1L);
        foreach (var part in text.Length == 0 ? [] : text.Split(','))
        {
            if (Parse(part, completions, out var first, out var end) is { } error)
                return (0, error);
            if (total > 0 && last >= first)
                return (0, $"non-increasing order, previous: {last}, current: {first}");
            total += end - first + 1;
            last = end;
        }

        return (total, null);
    }

    /// <summary>The first index that both texts name, null when there is none. Both ascend; malformed parts are passed over.</summary>
    public static long? Overlap(string left, string right, long completions)
    {
        var (ones, others) = (Read(left, completions), Read(right, completions));
        for (var (i, j) = (0, 0); i < ones.Count && j < others.Count;)
        {
            if (ones[i].First <= others[j].End && others[j].First <= ones[i].End)
                return Math.Max(ones[i].First, others[j].First);
            if (ones[i].End < others[j].End)
                i++;
            else
                j++;
        }

        return null;
    }

    private static List<(long First, long End)> Read(string text, long completions)
    {
        var intervals = new List<(long First, long End)>();
        foreach (var part in text.Split(','))
        {
            if (Parse(part, completions, out var first, out var end) is null)
                intervals.Add((first, end));
        }

        return intervals;
    }

    private static string? Parse(string part, long completions, out long first, out long end)
    {
        first = end = 0;
        var limits = part.Split('-');
        if (limits.Length > 2)
            return $"the fragment {GoText.Quote(part)} violates the requirement that an index interval can have at most two parts separated by '-'";
        if (ParseIndex(limits[0], completions, out first) is { } error)
            return error;
        end = first;
        if (limits.Length == 1)
            return null;
        if (ParseIndex(limits[1], completions, out end) is { } endError)
            return endError;
        return first >= end ? $"non-increasing order, previous: {first}, current: {end}" : null;
    }

    private static string? ParseIndex(string text, long completions, out long index)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
            return $"cannot convert string to integer for index: {GoText.Quote(text)}";
        return index >= completions ? $"too large index: {GoText.Quote(text)}" : null;
    }
}
