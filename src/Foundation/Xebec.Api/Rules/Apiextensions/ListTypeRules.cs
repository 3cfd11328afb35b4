using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>x-kubernetes-list-type, x-kubernetes-list-map-keys and x-kubernetes-map-type.</summary>
internal static class ListTypeRules
{
    private const string ListType = "x-kubernetes-list-type";
    private const string Keys = "x-kubernetes-list-map-keys";
    private const string MapType = "x-kubernetes-map-type";

    public static void Check(ObjectValue schema, FieldPath path, CheckContext context)
    {
        var (type, listType, mapType) = (schema.GetString("type") ?? "", schema.GetString(ListType), schema.GetString(MapType));
        if (listType is not null && listType is not ("atomic" or "set" or "map"))
            context.Add(FieldError.NotSupported(path.Child(ListType), listType, ["atomic", "set", "map"]));
        if (listType is not null && type != "array")
            context.Add(TypeMustBe(path, type, "must be array if x-kubernetes-list-type is specified"));
        if (mapType is not null && mapType is not ("atomic" or "granular"))
            context.Add(FieldError.NotSupported(path.Child(MapType), mapType, ["atomic", "granular"]));
        if (mapType is not null && type != "object")
            context.Add(TypeMustBe(path, type, "must be object if x-kubernetes-map-type is specified"));
        CheckKeys(schema, listType, path, context);
        if (listType == "set" && schema.GetObject("items") is { } items)
            CheckSet(items, path, context);
    }

    private static FieldError TypeMustBe(FieldPath path, string type, string message) => type.Length == 0
        ? FieldError.Required(path.Child("type"), message)
        : FieldError.Invalid(path.Child("type"), type, message);

    private static void CheckKeys(ObjectValue schema, string? listType, FieldPath path, CheckContext context)
    {
        var keys = schema.GetList(Keys) ?? [];
        if (keys.Count > 0 && listType != "map")
        {
            const string MustBeMap = "must be map if x-kubernetes-list-map-keys is non-empty";
            context.Add(listType is null
                ? FieldError.Required(path.Child(ListType), MustBeMap)
                : FieldError.Invalid(path.Child(ListType), listType, MustBeMap));
        }

        if (listType != "map")
            return;
        if (keys.Count == 0)
            context.Add(FieldError.Required(path.Child(Keys), "must not be empty if x-kubernetes-list-type is map"));
        var items = schema.GetObject("items");
        if (items is null)
            context.Add(FieldError.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map"));
        else if (items.GetString("type") != "object")
            context.Add(FieldError.Invalid(
                path.Child("items", "type"), items.GetString("type") ?? "", "must be object if parent array's x-kubernetes-list-type is map"));
        for (var i = 0; items is not null && i < keys.Count; i++)
            CheckKey(keys, i, items, path, context);
    }

    private static void CheckKey(ListValue keys, int position, ObjectValue items, FieldPath path, CheckContext context)
    {
        var name = keys[position].AsString() ?? "";
        for (var i = 0; i < position; i++)
        {
            if (keys[i].AsString() == name)
            {
                context.Add(FieldError.Duplicate(path.Child(Keys).Index(position), name));
                return;
            }
        }

        if (items.GetObject("properties")?.GetObject(name) is not { } property)
        {
            context.Add(FieldError.Invalid(path.Child(Keys).Index(position), name, "entries must all be names of item properties"));
            return;
        }

        var at = path.Child("items", "properties").Key(name);
        if (property.GetString("type") is "array" or "object")
        {
            const string Scalar = "must be a scalar type if parent array's x-kubernetes-list-type is map";
            context.Add(FieldError.Invalid(at.Child("type"), property.GetString("type"), Scalar));
        }

        if (property["default"].IsAbsent() && items.GetList("required")?.Any(r => r.AsString() == name) != true)
        {
            const string Needed = "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";
            context.Add(FieldError.Required(at.Child("default"), Needed));
        }
    }

    private static void CheckSet(ObjectValue items, FieldPath path, CheckContext context)
    {
        var at = path.Child("items");
        if (items["nullable"]?.AsBool() == true)
            context.Add(FieldError.Forbidden(at.Child("nullable"), "cannot be nullable when x-kubernetes-list-type is set"));
        if (items.GetString("type") == "object" && items.GetString(MapType) != "atomic")
            context.Add(FieldError.Invalid(
                at.Child(MapType), items.GetString(MapType) ?? "granular", "must be atomic as item of a list with x-kubernetes-list-type=set"));
        if (items.GetString("type") == "array" && items.GetString(ListType) is { } inner and not "atomic")
            context.Add(FieldError.Invalid(at.Child(ListType), inner, "must be atomic as item of a list with x-kubernetes-list-type=set"));
    }
}
