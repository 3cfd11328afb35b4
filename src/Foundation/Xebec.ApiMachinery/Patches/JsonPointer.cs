using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>A JSON pointer (RFC 6901) and the changes that can be made where it points; every failure is a 422.</summary>
internal readonly struct JsonPointer
{
    private readonly string[] _steps;

    private JsonPointer(string[] steps) => _steps = steps;

    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer([]);
        if (text[0] != '/')
            throw ApiErrors.UnprocessablePatch();
        return new JsonPointer([.. text[1..].Split('/').Select(Unescape)]);
    }

    /// <summary>What it points to, null when there is nothing.</summary>
    public Value? Find(Value document)
    {
        var current = document;
        foreach (var step in _steps)
        {
            current = Child(current, step);
            if (current is null)
                return null;
        }

        return current;
    }

    public Value Add(Value document, Value value)
    {
        switch (_steps.Length == 0 ? null : Parent(document))
        {
            case null:
                return value;
            case ObjectValue container:
                container[_steps[^1]] = value;
                break;
            case ListValue list when _steps[^1] == "-":
                list.Add(value);
                break;
            case ListValue list:
                list.Insert(Index(_steps[^1], list.Count + 1), value);
                break;
            default:
                throw ApiErrors.UnprocessablePatch();
        }

        return document;
    }

    public Value Remove(Value document, out Value removed)
    {
        removed = Find(document) ?? throw ApiErrors.UnprocessablePatch();
        if (_steps.Length == 0)
            throw ApiErrors.UnprocessablePatch();
        if (Parent(document) is ListValue list)
            list.RemoveAt(Index(_steps[^1], list.Count));
        else
            ((ObjectValue)Parent(document)).Remove(_steps[^1]);
        return document;
    }

    public Value Replace(Value document, Value value)
    {
        if (Find(document) is null)
            throw ApiErrors.UnprocessablePatch();
        if (_steps.Length == 0)
            return value;
        if (Parent(document) is ListValue list)
            list[Index(_steps[^1], list.Count)] = value;
        else
            ((ObjectValue)Parent(document))[_steps[^1]] = value;
        return document;
    }

    private Value Parent(Value document) =>
        new JsonPointer(_steps[..^1]).Find(document) ?? throw ApiErrors.UnprocessablePatch();

    private static Value? Child(Value container, string step) => container switch
    {
        ObjectValue members => members[step],
        ListValue list => TryIndex(step, list.Count, out var index) ? list[index] : null,
        _ => null,
    };

    private static int Index(string step, int limit) =>
        TryIndex(step, limit, out var index) ? index : throw ApiErrors.UnprocessablePatch();

    private static bool TryIndex(string step, int limit, out int index) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && index < limit && (step.Length == 1 || step[0] != '0');

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
