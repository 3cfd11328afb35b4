using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>Reads fields of an object's tree by path, with Go's zero for what is absent.</summary>
internal static class TreePath
{
    /// <summary>The value at a path, null when a part of it is absent.</summary>
    public static Value? At(this Value? value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            value = (value as ObjectValue)?[name];
        return value is NullValue ? null : value;
    }

    /// <summary>The text at a path, empty when it is absent.</summary>
    public static string Text(this Value? value, params ReadOnlySpan<string> path) => value.At(path)?.AsString() ?? "";

    /// <summary>The whole number at a path, 0 when it is absent.</summary>
    public static long Number(this Value? value, params ReadOnlySpan<string> path) => value.At(path)?.AsInt64() ?? 0;

    /// <summary>The boolean at a path, false when it is absent.</summary>
    public static bool Flag(this Value? value, params ReadOnlySpan<string> path) => value.At(path)?.AsBool() ?? false;

    /// <summary>How many items or members are at a path.</summary>
    public static int CountAt(this Value? value, params ReadOnlySpan<string> path) => value.At(path) switch
    {
        ListValue list => list.Count,
        ObjectValue members => members.Count,
        _ => 0,
    };

    /// <summary>The objects of the list at a path.</summary>
    public static IEnumerable<ObjectValue> Items(this Value? value, params ReadOnlySpan<string> path) =>
        (value.At(path) as ListValue)?.OfType<ObjectValue>() ?? [];

    /// <summary>The texts of the list at a path.</summary>
    public static IEnumerable<string> Texts(this Value? value, params ReadOnlySpan<string> path) =>
        (value.At(path) as ListValue)?.OfType<StringValue>().Select(s => s.Text) ?? [];

    /// <summary>A text, or something else in its place when it is empty.</summary>
    public static string Or(this string text, string fallback) => text.Length > 0 ? text : fallback;

    /// <summary>The condition of a type, null when there is none.</summary>
    public static ObjectValue? Condition(this Value? value, string type) =>
        value.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == type);

    /// <summary>Whether the condition of a type is True.</summary>
    public static bool HasCondition(this Value? value, string type) => value.Condition(type).Text("status") == "True";
}
