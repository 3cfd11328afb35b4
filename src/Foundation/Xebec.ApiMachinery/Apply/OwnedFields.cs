using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The set of fields that an object holds, as an applied configuration would own them.</summary>
internal static class OwnedFields
{
    /// <summary>The fields of an object of a kind (no schema: types are deduced), without what nobody owns.</summary>
    public static ObjectValue? Of(ObjectValue tree, StructSchema? schema) =>
        OfMembers(tree, new TypedField(schema), WalkLevel.Root, isMember: false);

    private static ObjectValue? Walk(Value value, in TypedField type, WalkLevel level, bool isMember)
    {
        switch (type.Shape(null, value))
        {
            case FieldShape.Members:
                return OfMembers((ObjectValue)value, type, level, isMember || ((ObjectValue)value).Count == 0);
            case FieldShape.Items:
                return OfItems((ListValue)value, type, isMember);
            default:
                return FieldSet.Leaf;
        }
    }

    private static ObjectValue? OfMembers(ObjectValue members, in TypedField type, WalkLevel level, bool isMember)
    {
        var result = new FieldSetNode();
        if (isMember && level == WalkLevel.Inner)
            result.AddSelf();
        foreach (var (name, value) in members)
        {
            if (StrippedFields.Contains(level, name))
                continue;
            var below = Walk(value, type.Member(name), StrippedFields.Below(level, name), !type.IsDeclared(name));
            result.Add(PathElement.OfMember(name), below);
        }

        return result.Build();
    }

    private static ObjectValue? OfItems(ListValue items, in TypedField type, bool isMember)
    {
        var result = new FieldSetNode();
        if (isMember)
            result.AddSelf();
        for (var i = 0; i < items.Count; i++)
        {
            var step = PathElement.OfItem(items[i], type) ?? $"i:{i}";
            result.Add(step, Walk(items[i], type.Item, WalkLevel.Inner, isMember: true));
        }

        return result.Build();
    }
}
