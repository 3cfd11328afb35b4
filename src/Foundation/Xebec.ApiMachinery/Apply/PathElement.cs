using System.Text.Encodings.Web;
using System.Text.Json;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// The steps of a path as FieldsV1 writes them: <c>f:name</c> a member, <c>k:{"name":"a"}</c> an item by its keys,
/// <c>v:"a"</c> an item of a set, <c>i:0</c> an item by position, <c>.</c> the node itself.
/// </summary>
internal static class PathElement
{
    public const string Self = ".";

    public static string OfMember(string name) => "f:" + name;

    /// <summary>The step to an item of a set or of a list with keys; null when the item lacks every key or is of the wrong form.</summary>
    public static string? OfItem(Value item, in TypedField list)
    {
        if (list.Field!.ListType == ListType.Set)
            return item is ObjectValue or ListValue or NullValue ? null : "v:" + Text(item);
        if (item is not ObjectValue members)
            return null;
        var itemType = list.Item.Type as StructSchema;
        return list.Field.ListMapKeys is [var only]
            ? KeyOf(members, only, itemType) is { } value ? OfKey(only, value) : null
            : OfKeys(members, list.Field.ListMapKeys, itemType);
    }

    /// <summary>Whether two items of one list are the same item, without building their steps.</summary>
    public static bool IsSameItem(Value left, Value right, in TypedField list)
    {
        if (list.Field!.ListType == ListType.Set)
            return left.DeepEquals(right);
        if (left is not ObjectValue l || right is not ObjectValue r)
            return false;
        var itemType = list.Item.Type as StructSchema;
        foreach (var key in list.Field.ListMapKeys)
        {
            var (a, b) = (KeyOf(l, key, itemType), KeyOf(r, key, itemType));
            if (a is null ? b is not null : !a.DeepEquals(b))
                return false;
        }

        return true;
    }

    /// <summary>FieldsV1's order: the node itself, members, keys, values, positions; each by its text.</summary>
    public static int Compare(string left, string right) => left[0] == right[0]
        ? string.CompareOrdinal(left, right)
        : Rank(left[0]).CompareTo(Rank(right[0]));

    /// <summary>The step in the one form it is stored in; null when it is none.</summary>
    public static string? Canonical(string step)
    {
        if (step == Self)
            return step;
        if (step.Length < 2 || step[1] != ':')
            return null;
        return step[0] switch
        {
            'f' => step,
            'i' => int.TryParse(step.AsSpan(2), out _) ? step : null,
            'v' => Parse(step) is { } value ? "v:" + Text(value) : null,
            'k' => Parse(step) is ObjectValue { Count: > 0 } keys ? OfKeys(keys) : null,
            _ => null,
        };
    }

    /// <summary>The step as messages show it: <c>.name</c>, <c>[name="a"]</c>, <c>[="a"]</c>, <c>[0]</c>.</summary>
    public static string Show(string step) => step[0] switch
    {
        'f' => "." + step[2..],
        'v' => $"[={ShowScalar(Parse(step)!)}]",
        'k' => $"[{string.Join(',', ((ObjectValue)Parse(step)!).Select(k => $"{k.Key}={ShowScalar(k.Value)}"))}]",
        _ => $"[{step[2..]}]",
    };

    private static int Rank(char kind) => kind switch { '.' => 0, 'f' => 1, 'k' => 2, 'v' => 3, _ => 4 };

    private static string ShowScalar(Value value) => value is StringValue text ? GoText.Quote(text.Text) : value.ToString();

    private static string Text(Value scalar) => scalar is StringValue text ? Quoted(text.Text) : scalar.ToString();

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static string OfKey(string key, Value value) => $"k:{{{Quoted(key)}:{Text(value)}}}";

    private static string? OfKeys(ObjectValue members, IReadOnlyList<string> names, StructSchema? itemType)
    {
        var keys = new ObjectValue();
        foreach (var name in names)
        {
            if (KeyOf(members, name, itemType) is { } value)
                keys[name] = value;
        }

        return keys.Count == 0 ? null : OfKeys(keys);
    }

    private static string OfKeys(ObjectValue keys)
    {
        var sorted = keys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{Quoted(k.Key)}:{Text(k.Value)}");
        return $"k:{{{string.Join(',', sorted)}}}";
    }

    private static Value? KeyOf(ObjectValue item, string key, StructSchema? itemType) => item[key] ?? itemType?.Field(key)?.Default;

    private static Value? Parse(string step)
    {
        try
        {
            return Value.Parse(step[2..]);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
