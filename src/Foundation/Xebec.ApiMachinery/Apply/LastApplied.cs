using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The annotation of client-side apply, which lets kubectl take over its own fields and is kept in step while it exists.</summary>
internal static class LastApplied
{
    public const string Manager = "kubectl";
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The fields that client-side apply set and that still have the value it set; null when there are none.</summary>
    public static ObjectValue? UnchangedFields(ObjectValue live, StructSchema? schema)
    {
        if (Annotations(live)?.GetString(Annotation) is not { } text || TryParse(text) is not { } applied)
            return null;
        var difference = Comparison.Of(applied, live, schema);
        var fields = OwnedFields.Of(applied, schema);
        return FieldSet.Difference(FieldSet.Difference(fields, difference.Changed), difference.Removed);
    }

    /// <summary>Rewrites the annotation of an object that has one to a configuration; drops it when it would be too long.</summary>
    public static void Sync(ObjectValue applied, ObjectValue config)
    {
        if (Annotations(applied) is not { } annotations || !annotations.ContainsKey(Annotation))
            return;
        var copy = (ObjectValue)config.DeepClone();
        Annotations(copy)?.Remove(Annotation);
        copy.GetObject("metadata")?.Remove("managedFields");
        annotations[Annotation] = Sorted(copy).ToString() + "\n";
        var bytes = annotations.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.AsString() ?? ""));
        if (bytes > LabelRules.AnnotationsMaximumBytes)
            annotations.Remove(Annotation);
    }

    private static ObjectValue? Annotations(ObjectValue tree) => tree.GetObject("metadata")?.GetObject("annotations");

    private static ObjectValue? TryParse(string text)
    {
        try
        {
            return Value.Parse(text) as ObjectValue;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Value Sorted(Value value)
    {
        if (value is ListValue list)
            return new ListValue(list.Select(Sorted));
        if (value is not ObjectValue members)
            return value;
        var sorted = new ObjectValue();
        foreach (var (name, member) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
            sorted[name] = Sorted(member);
        return sorted;
    }
}
