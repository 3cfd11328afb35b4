using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// Takes fields out of an object. A member or an item of the set goes with everything below it; what becomes empty goes too.
/// </summary>
internal static class FieldRemoval
{
    /// <summary>The object without the fields; unchanged parts are shared with the given one, which is not changed.</summary>
    public static ObjectValue Without(ObjectValue tree, ObjectValue? fields, StructSchema? schema) =>
        Members(tree, fields, new TypedField(schema)) as ObjectValue ?? [];

    private static Value? Walk(Value value, ObjectValue fields, in TypedField type) => type.Shape(null, value) switch
    {
        FieldShape.Members => Members((ObjectValue)value, fields, type),
        FieldShape.Items => Items((ListValue)value, fields, type),
        _ => value,
    };

    private static Value? Members(ObjectValue members, ObjectValue? fields, in TypedField type)
    {
        if (fields is null || members.Count == 0)
            return members;
        var result = new ObjectValue();
        foreach (var (name, value) in members)
        {
            var below = FieldSet.Child(fields, PathElement.OfMember(name));
            if (below is null)
                result[name] = value;
            else if (!FieldSet.IsMember(below))
                result[name] = Walk(value, below, type.Member(name));
        }

        return result.Count == 0 ? null : result;
    }

    private static ListValue? Items(ListValue items, ObjectValue fields, in TypedField type)
    {
        var result = new ListValue();
        for (var i = 0; i < items.Count; i++)
        {
            var below = FieldSet.Child(fields, PathElement.OfItem(items[i], type) ?? $"i:{i}");
            if (below is null)
                result.Add(items[i]);
            else if (!FieldSet.IsMember(below) && Walk(items[i], below, type.Item) is { } kept)
                result.Add(kept);
        }

        return result.Count == 0 ? null : result;
    }
}
