using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Defaults;

/// <summary>
/// The defaults of a struct and of everything below it that has any: first those declared for its own fields, then the struct's
/// code, then its children, so that code sees declared defaults and children see what code has added.
/// </summary>
internal sealed class StructDefaults(FieldDefault[] own, Action<ObjectValue>[] code, StructDefaults.Child[] children)
{
    /// <summary>A field with structs that have defaults.</summary>
    public readonly record struct Child(string Name, bool AlwaysPresent, bool IsMap, StructDefaults Rules);

    public void Apply(ObjectValue item)
    {
        foreach (var field in own)
            field.Apply(item);
        foreach (var action in code)
            action(item);
        foreach (var child in children)
            Apply(item, child);
    }

    private static void Apply(ObjectValue item, in Child child)
    {
        switch (item[child.Name])
        {
            case ObjectValue members:
                ApplyObject(members, child);
                break;
            case ListValue list:
                foreach (var element in list)
                {
                    if (element is ObjectValue value)
                        child.Rules.Apply(value);
                }

                break;
            case null or NullValue when child.AlwaysPresent:
                AddDefaulted(item, child);
                break;
        }
    }

    private static void ApplyObject(ObjectValue value, in Child child)
    {
        if (!child.IsMap)
        {
            child.Rules.Apply(value);
            return;
        }

        foreach (var (_, member) in value)
        {
            if (member is ObjectValue inner)
                child.Rules.Apply(inner);
        }
    }

    private static void AddDefaulted(ObjectValue item, in Child child)
    {
        var added = new ObjectValue();
        child.Rules.Apply(added);
        if (added.Count > 0)
            item[child.Name] = added;
    }
}
