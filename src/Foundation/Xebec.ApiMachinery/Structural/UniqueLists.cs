using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Lists that are sets have no item twice, lists that are maps no item with the same keys.</summary>
internal static class UniqueLists
{
    public static void Check(Value value, StructuralSchema schema, List<FieldError> errors) => Walk(value, schema, null, errors);

    private static void Walk(Value value, StructuralSchema? schema, ValuePath? path, List<FieldError> errors)
    {
        if (schema is not { HasUniqueLists: true })
            return;
        switch (value)
        {
            case ListValue items:
                CheckList(items, schema, path, errors);
                for (var i = 0; schema.Items is { HasUniqueLists: true } && i < items.Count; i++)
                    Walk(items[i], schema.Items, new ValuePath(path, null, i), errors);
                break;
            case ObjectValue members:
                foreach (var (name, member) in members)
                {
                    if (schema.Member(name) is { HasUniqueLists: true } below)
                        Walk(member, below, new ValuePath(path, name, 0), errors);
                }

                break;
        }
    }

    private static void CheckList(ListValue items, StructuralSchema schema, ValuePath? path, List<FieldError> errors)
    {
        if (schema.ListType is not (ListType.Set or ListType.Map))
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var key = schema.ListType == ListType.Set ? items[i] : KeysOf(items[i], schema);
            if (key is not null && !seen.Add(Canonical(key)))
                errors.Add(FieldError.Duplicate(ValuePath.ToFieldPath(new ValuePath(path, null, i)), key));
        }
    }

    private static ObjectValue? KeysOf(Value item, StructuralSchema schema)
    {
        if (item is not ObjectValue members)
            return null;
        var keys = new ObjectValue();
        foreach (var name in schema.ListMapKeys)
        {
            if (members[name] is { } value and not NullValue)
                keys[name] = value;
        }

        return keys;
    }

    // Objects with their members in order of the names, so that equal values have equal text.
    private static string Canonical(Value value) => value switch
    {
        ObjectValue members => "{" + string.Join(
            ',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => GoText.Quote(m.Key) + ":" + Canonical(m.Value))) + "}",
        ListValue items => "[" + string.Join(',', items.Select(Canonical)) + "]",
        NumberValue number => new NumberValue(number.Real).ToString(),
        _ => value.ToString(),
    };
}
