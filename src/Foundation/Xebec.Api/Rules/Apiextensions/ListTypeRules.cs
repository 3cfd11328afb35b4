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
        if (schema.GetObject("items") is not { } items)
            return;
        if (listType is "set" or "map" && items["nullable"]?.AsBool() == true)
            context.Add(FieldError.Forbidden(path.Child("items", "nullable"), $"cannot be nullable when x-kubernetes-list-type is {listType}"));
        if (listType == "set" && type == "array")
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
        if (items.GetObject("properties")?.GetObject(name) is { } property && IsFirst(keys, position))
            CheckKeyProperty(property, name, items, path.Child("items", "properties").Key(name), context);
        else if (items.GetString("type") == "object" && items.GetObject("properties")?[name] is null)
            context.Add(FieldError.Invalid(path.Child(Keys), keys, "entries must all be names of item properties"));
        if (!IsFirst(keys, position))
            context.Add(FieldError.Invalid(path.Child(Keys), keys, "must not contain duplicate entries"));
    }

    private static bool IsFirst(ListValue keys, int position) => !keys.Take(position).Any(k => k.DeepEquals(keys[position]));

    private static void CheckKeyProperty(ObjectValue property, string name, ObjectValue items, FieldPath at, CheckContext context)
    {
        if (property.GetString("type") is "array" or "object")
        {
            const string Scalar = "must be a scalar type if parent array's x-kubernetes-list-type is map";
            context.Add(FieldError.Invalid(at.Child("type"), items.GetString("type"), Scalar));
        }

        const string IsKey = "this property is in x-kubernetes-list-map-keys, so it";
        if (property["default"].IsAbsent() && items.GetList("required")?.Any(r => r.AsString() == name) != true)
            context.Add(FieldError.Required(at.Child("default"), $"{IsKey} must have a default or be a required property"));
        if (property["nullable"]?.AsBool() == true)
            context.Add(FieldError.Forbidden(at.Child("nullable"), $"{IsKey} cannot be nullable"));
    }

    // The value that upstream shows is the list type of the items, whichever of the two is wrong.
    private static void CheckSet(ObjectValue items, FieldPath path, CheckContext context)
    {
        const string MustBeAtomic = "must be atomic as item of a list with x-kubernetes-list-type=set";
        var (at, inner) = (path.Child("items"), items.GetString(ListType));
        if (items.GetString("type") == "object" && items.GetString(MapType) != "atomic")
            context.Add(FieldError.Invalid(at.Child(MapType), inner is null ? null : (Value)inner, MustBeAtomic));
        if (items.GetString("type") == "array" && inner is not (null or "atomic"))
            context.Add(FieldError.Invalid(at.Child(ListType), inner, MustBeAtomic));
    }
}
