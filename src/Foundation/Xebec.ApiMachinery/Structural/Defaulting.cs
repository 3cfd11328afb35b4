using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Fills in the defaults of a schema. Pure, in place.</summary>
public static class Defaulting
{
    /// <summary>
    /// Sets what is absent and has a default, also where a null stands that the schema does not allow; such nulls without a default are
    /// dropped.
    /// </summary>
    public static void Apply(ObjectValue tree, StructuralSchema schema)
    {
        if (schema.HasDefaults)
            Fill(tree, schema);
        DropNulls(tree, schema);
    }

    /// <summary>Only fills in, and keeps all nulls.</summary>
    public static void Fill(Value value, StructuralSchema? schema)
    {
        if (schema is not { HasDefaults: true })
            return;
        switch (value)
        {
            case ObjectValue members:
                FillMembers(members, schema);
                break;
            case ListValue items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (IsWrongNull(items[i], schema.Items) && schema.Items!.Default is { } item)
                        items[i] = item.DeepClone();
                    Fill(items[i], schema.Items);
                }

                break;
        }
    }

    private static void FillMembers(ObjectValue members, StructuralSchema schema)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is { } value && (members[name] is not { } present || IsWrongNull(present, property)))
                members[name] = value.DeepClone();
        }

        for (var i = 0; i < members.Count; i++)
        {
            var (name, value) = members.At(i);
            if (schema.Properties.TryGetValue(name, out var property))
            {
                Fill(value, property);
            }
            else if (schema.AdditionalProperties is { } others)
            {
                if (IsWrongNull(value, others) && others.Default is { } standard)
                    members[name] = standard.DeepClone();
                Fill(members[name]!, others);
            }
        }
    }

    private static void DropNulls(Value value, StructuralSchema? schema)
    {
        if (schema is null)
            return;
        if (value is ListValue items)
        {
            for (var i = 0; i < items.Count; i++)
                DropNulls(items[i], schema.Items);
        }

        if (value is not ObjectValue members)
            return;
        for (var i = members.Count - 1; i >= 0; i--)
        {
            var (name, member) = members.At(i);
            var below = schema.Member(name);
            if (IsWrongNull(member, below))
                members.Remove(name);
            else
                DropNulls(member, below);
        }
    }

    private static bool IsWrongNull(Value value, StructuralSchema? schema) => value is NullValue && schema is { Nullable: false };
}
