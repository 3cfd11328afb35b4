using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Merges an applied configuration into an object: the configuration's values win, everything else stays.</summary>
internal static class TypedMerge
{
    /// <summary>Merges into the object, which is changed in place; nothing mutable of the configuration is shared with it.</summary>
    public static ObjectValue Merge(ObjectValue target, ObjectValue config, StructSchema? schema) =>
        MergeMembers(target, config, new TypedField(schema));

    private static Value Merge(Value? target, Value config, in TypedField type)
    {
        var shape = type.Shape(target, config);
        if (shape == FieldShape.Leaf)
            return config.DeepClone();
        if (config is NullValue)
            return target!;
        return shape == FieldShape.Members
            ? MergeMembers(target as ObjectValue ?? [], (ObjectValue)config, type)
            : MergeItems(target as ListValue ?? [], (ListValue)config, type);
    }

    private static ObjectValue MergeMembers(ObjectValue target, ObjectValue config, in TypedField type)
    {
        foreach (var (name, value) in config)
        {
            var merged = Merge(target[name], value, type.Member(name));
            target[name] = merged is NullValue && type.IsDeclared(name) ? null : merged;
        }

        return target;
    }

    private static ListValue MergeItems(ListValue target, ListValue config, TypedField type)
    {
        var left = Steps(target, type);
        var right = Steps(config, type);
        var result = new ListValue();
        foreach (var (l, r) in MergeOrder.Of(left, right))
            result.Add(r < 0 ? target[l] : Merge(l < 0 ? null : target[l], config[r], type.Item));
        return result;
    }

    private static string[] Steps(ListValue list, in TypedField type)
    {
        var steps = new string[list.Count];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = PathElement.OfItem(list[i], type) ?? $"i:{i}";
        return steps;
    }
}
