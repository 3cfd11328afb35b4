using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Validates objects against a schema as OpenAPI v3 says, in upstream's words (k8s.io/kube-openapi/pkg/validation). Pure.</summary>
public static class SchemaValidation
{
    /// <summary>Adds what is wrong with a new object.</summary>
    public static void Check(ObjectValue created, StructuralSchema schema, List<FieldError> errors)
    {
        Walk(created, null, schema, null, errors, isUpdate: false);
        UniqueLists.Check(created, schema, errors);
        EmbeddedResources.Check(created, schema, errors);
    }

    /// <summary>Adds what is wrong with a change; values that did not change are not held against it (KEP-4008, ratcheting).</summary>
    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, StructuralSchema schema, List<FieldError> errors)
    {
        Walk(updated, stored, schema, null, errors, isUpdate: true);
        if (schema.HasUniqueLists)
        {
            var (found, before) = (new List<FieldError>(), new List<FieldError>());
            UniqueLists.Check(updated, schema, found);
            if (found.Count > 0)
                UniqueLists.Check(stored, schema, before);
            if (before.Count == 0)
                errors.AddRange(found);
        }

        EmbeddedResources.Check(updated, schema, errors);
    }

    /// <summary>Whether a value fits a schema, whatever it is.</summary>
    public static void CheckValue(Value value, StructuralSchema schema, List<FieldError> errors) =>
        Walk(value, null, schema, null, errors, isUpdate: false);

    private static void Walk(Value value, Value? old, StructuralSchema schema, ValuePath? path, List<FieldError> errors, bool isUpdate)
    {
        var before = errors.Count;
        CheckType(value, schema, path, errors);
        if (schema.Rules is { } rules)
        {
            CheckAlternatives(value, rules, path, errors);
            ValueRulesCheck.Check(value, rules, path, errors);
        }

        if (value is ObjectValue members)
            WalkMembers(members, old as ObjectValue, schema, path, errors, isUpdate);
        else if (value is ListValue items && schema.Items is not null)
            WalkItems(items, old as ListValue, schema, path, errors, isUpdate);
        if (errors.Count > before && isUpdate && old is not null && value.DeepEquals(old))
            errors.RemoveRange(before, errors.Count - before);
    }

    private static void CheckType(Value value, StructuralSchema schema, ValuePath? path, List<FieldError> errors)
    {
        var wanted = schema.IsIntOrString ? "integer,string" : schema.Type;
        if (wanted.Length == 0 || (value is NullValue && schema.Nullable))
            return;
        var found = TypeOf(value);
        var fits = found == wanted
            || (schema.IsIntOrString && found is "integer" or "string" && schema.IsIntOrString)
            || (wanted == "number" && found == "integer")
            || (wanted.StartsWith("integer", StringComparison.Ordinal) && value is NumberValue { Real: var real } && Math.Floor(real) == real);
        if (fits)
            return;
        var at = ValuePath.Text(path);
        errors.Add(FieldError.TypeInvalid(
            ValuePath.ToFieldPath(path), found, $"{at} in body must be of type {wanted}: {GoText.Quote(found)}"));
    }

    private static string TypeOf(Value value) => value switch
    {
        ObjectValue => "object",
        ListValue => "array",
        StringValue => "string",
        BoolValue => "boolean",
        NumberValue { IsWhole: true } => "integer",
        NumberValue => "number",
        _ => "null",
    };

    private static void WalkMembers(
        ObjectValue members, ObjectValue? old, StructuralSchema schema, ValuePath? path, List<FieldError> errors, bool isUpdate)
    {
        foreach (var (name, value) in members)
        {
            if (schema.Member(name) is { } below)
                Walk(value, old?[name], below, new ValuePath(path, name, 0), errors, isUpdate);
        }

        foreach (var name in schema.Rules?.Required ?? [])
        {
            if (!members.ContainsKey(name))
                errors.Add(FieldError.Required(ValuePath.ToFieldPath(new ValuePath(path, name, 0))));
        }
    }

    private static void WalkItems(
        ListValue items, ListValue? old, StructuralSchema schema, ValuePath? path, List<FieldError> errors, bool isUpdate)
    {
        for (var i = 0; i < items.Count; i++)
            Walk(items[i], Correlate(items[i], old, schema), schema.Items!, new ValuePath(path, null, i), errors, isUpdate);
    }

    /// <summary>The item of the old list that is the same one: by its keys, so only in lists that are maps; null when there is none.</summary>
    public static Value? Correlate(Value item, ListValue? old, StructuralSchema list)
    {
        if (old is null || list.ListType != ListType.Map || item is not ObjectValue members)
            return null;
        foreach (var candidate in old)
        {
            if (candidate is ObjectValue other && list.ListMapKeys.All(k => KeyOf(members, k, list)?.DeepEquals(KeyOf(other, k, list)) == true))
                return candidate;
        }

        return null;
    }

    private static Value? KeyOf(ObjectValue item, string key, StructuralSchema list) =>
        item[key] ?? list.Items?.Properties.GetValueOrDefault(key)?.Default;

    private static void CheckAlternatives(Value value, ValueRules rules, ValuePath? path, List<FieldError> errors)
    {
        var text = GoText.Quote(ValuePath.Text(path));
        if (rules.AnyOf.Count > 0 && Count(rules.AnyOf, out var closest) == 0)
            Fail($"{text} must validate at least one schema (anyOf)", closest);
        if (rules.OneOf.Count > 0 && Count(rules.OneOf, out closest) is var one && one != 1)
        {
            var found = one == 0 ? "Found none valid" : $"Found {one} valid alternatives";
            Fail($"{text} must validate one and only one schema (oneOf). {found}", one == 0 ? closest : []);
        }

        if (rules.AllOf.Count > 0)
        {
            var all = new List<FieldError>();
            var valid = rules.AllOf.Count(s => IsValid(s, all));
            if (valid < rules.AllOf.Count)
                Fail($"{text} must validate all the schemas (allOf){(valid == 0 ? ". None validated" : "")}", all);
        }

        if (rules.Not is { } not && IsValid(not, []))
            Fail($"{text} must not validate the schema (not)", []);

        void Fail(string message, List<FieldError> details)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("<nil>"), "", message));
            errors.AddRange(details);
        }

        bool IsValid(StructuralSchema alternative, List<FieldError> found)
        {
            // Not ratcheted: a part that did not change would make an alternative fit that does not.
            var before = found.Count;
            Walk(value, null, alternative, path, found, isUpdate: false);
            return found.Count == before;
        }

        int Count(IReadOnlyList<StructuralSchema> alternatives, out List<FieldError> closest)
        {
            closest = [];
            var valid = 0;
            foreach (var alternative in alternatives)
            {
                var found = new List<FieldError>();
                if (IsValid(alternative, found))
                    valid++;
                else if (closest.Count == 0)
                    closest = found;
            }

            return valid;
        }
    }
}
