using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Checks that an applied configuration fits its schema well enough to be owned and merged.</summary>
public static class AppliedConfig
{
    /// <summary>
    /// Refuses another version, managedFields, undeclared fields, values of the wrong form, items without keys and repeated items.
    /// </summary>
    /// <exception cref="ApiException">With every fault, in upstream's words.</exception>
    internal static void Check(ObjectValue config, StructSchema? schema, string apiVersion)
    {
        var version = config.GetString("apiVersion");
        if (version != apiVersion)
        {
            throw ApiErrors.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {apiVersion}");
        }

        if (config.GetObject("metadata")?["managedFields"] is not (null or NullValue))
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        CheckFit(config, schema);
    }

    private static void CheckFit(ObjectValue config, StructSchema? schema)
    {
        var faults = new List<string>();
        Walk(config, new TypedField(schema), "", faults);
        if (faults.Count == 0)
            return;
        var list = faults.Count == 1 ? faults[0] : "errors:\n  " + string.Join("\n  ", faults);
        throw ApiErrors.BadRequest($"failed to create typed patch object ({NameOf(config)}): {list}");
    }

    /// <summary>A configuration as upstream's messages name it: <c>default/web; apps/v1, Kind=Deployment</c>.</summary>
    public static string NameOf(ObjectValue config)
    {
        var metadata = config.GetObject("metadata");
        return $"{metadata?.GetString("namespace")}/{metadata?.GetString("name")}; {KindOf(config)}";
    }

    /// <summary>Its kind as Go prints a GroupVersionKind; the core group is empty: <c>/v1, Kind=Pod</c>.</summary>
    public static string KindOf(ObjectValue config)
    {
        var version = config.GetString("apiVersion") ?? "";
        return $"{(version.Contains('/', StringComparison.Ordinal) ? "" : "/")}{version}, Kind={config.GetString("kind")}";
    }

    private static void Walk(Value value, in TypedField type, string path, List<string> faults)
    {
        if (value is NullValue)
            return;
        switch (type.Type)
        {
            case StructSchema or MapSchema when value is ObjectValue members:
                CheckMembers(members, type, path, faults);
                break;
            case StructSchema or MapSchema:
                faults.Add($"{path}: expected map, got {GoText.Show(value)}");
                break;
            case ListSchema when value is ListValue items:
                CheckItems(items, type, path, faults);
                break;
            case ListSchema:
                faults.Add($"{path}: expected list, got {GoText.Show(value)}");
                break;
            case ScalarSchema scalar:
                CheckScalar(value, scalar.Kind, path, faults);
                break;
        }
    }

    private static void CheckMembers(ObjectValue members, in TypedField type, string path, List<string> faults)
    {
        foreach (var (name, value) in members)
        {
            if (type.Type is StructSchema { PreservesUnknownFields: false } && !type.IsDeclared(name))
                faults.Add($"{path}.{name}: field not declared in schema");
            else
                Walk(value, type.Member(name), $"{path}.{name}", faults);
        }
    }

    private static void CheckItems(ListValue items, in TypedField type, string path, List<string> faults)
    {
        var isAssociative = type.Field is { ListType: not ListType.Atomic };
        var seen = isAssociative ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = 0; i < items.Count; i++)
        {
            var at = $"[{i}]";
            if (isAssociative && PathElement.OfItem(items[i], type) is not { } step)
            {
                faults.Add($"{path}: element {i}: {KeyFault(type)}");
            }
            else if (isAssociative)
            {
                at = PathElement.Show(PathElement.OfItem(items[i], type)!);
                if (!seen!.Add(at))
                    faults.Add($"{path}: duplicate entries for key {at}");
            }

            Walk(items[i], type.Item, path + at, faults);
        }
    }

    private static string KeyFault(in TypedField list)
    {
        if (list.Field!.ListType == ListType.Set)
            return "associative list without keys has an element that's a map type";
        var keys = list.Field.ListMapKeys;
        const string Fault = "associative list with keys has an element that omits";
        if (keys.Count == 1)
            return $"{Fault} key field {GoText.Quote(keys[0])} (and doesn't have default value)";
        var names = string.Join(' ', keys.Select(GoText.Quote));
        return $"{Fault} all key fields [{names}] (and doesn't have default values for any key fields)";
    }

    private static void CheckScalar(Value value, ScalarKind kind, string path, List<string> faults)
    {
        var expected = kind switch
        {
            ScalarKind.String or ScalarKind.Bytes or ScalarKind.Time or ScalarKind.MicroTime or ScalarKind.Duration
                when value is not StringValue => "string",
            ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Double when value is not NumberValue => "numeric (int or float)",
            ScalarKind.Bool when value is not BoolValue => "boolean",
            _ => null,
        };
        if (expected is not null)
            faults.Add($"{path}: expected {expected}, got {GoText.Show(value)}");
    }
}
