using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Embedded resources say what they are: apiVersion and kind.</summary>
internal static class EmbeddedResources
{
    public static void Check(Value value, StructuralSchema schema, List<FieldError> errors) => Walk(value, schema, null, errors);

    private static void Walk(Value value, StructuralSchema schema, ValuePath? path, List<FieldError> errors)
    {
        if (!schema.HasEmbeddedResources)
            return;
        if (value is ListValue items && schema.Items is { } item)
        {
            for (var i = 0; i < items.Count; i++)
                Walk(items[i], item, new ValuePath(path, null, i), errors);
        }

        if (value is not ObjectValue members)
            return;
        if (schema.IsEmbeddedResource && path is not null)
            CheckIdentity(members, path, errors);
        foreach (var (name, member) in members)
        {
            if (schema.Member(name) is { HasEmbeddedResources: true } below)
                Walk(member, below, new ValuePath(path, name, 0), errors);
        }
    }

    private static void CheckIdentity(ObjectValue members, ValuePath path, List<FieldError> errors)
    {
        CheckText(members, "apiVersion", path, errors, static version => version.Count(c => c == '/') > 1
            ? [$"unexpected GroupVersion string: {version}"]
            : []);
        CheckText(members, "kind", path, errors, static kind => NameRules.Dns1035Label(kind.ToLowerInvariant()) is { Count: > 0 } broken
            ? [$"may have mixed case, but should otherwise match: {string.Join(",", broken)}"]
            : []);
    }

    private static void CheckText(
        ObjectValue members, string name, ValuePath path, List<FieldError> errors, Func<string, IReadOnlyList<string>> check)
    {
        var at = ValuePath.ToFieldPath(new ValuePath(path, name, 0));
        switch (members[name])
        {
            case null or NullValue or StringValue { Text.Length: 0 }:
                errors.Add(FieldError.Required(at, "must not be empty"));
                break;
            case StringValue text:
                foreach (var message in check(text.Text))
                    errors.Add(FieldError.Invalid(at, text, message));
                break;
            case { } other:
                errors.Add(FieldError.Invalid(at, other, "must be a string"));
                break;
        }
    }
}
