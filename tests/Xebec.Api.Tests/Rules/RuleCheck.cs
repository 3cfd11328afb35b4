using System.Text;
using Xebec.Api.Rules;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>Takes manifests through decoding, defaults and validation as the server does.</summary>
internal static class RuleCheck
{
    /// <summary>The object with its defaults.</summary>
    public static ObjectValue Complete(string kind, string json)
    {
        var schema = BuiltIn.Schema[kind];
        var decoded = ObjectDecoder.Decode(Encoding.UTF8.GetBytes(json), schema).Object;
        KindRules.For(schema).Default(decoded);
        return decoded;
    }

    /// <summary>What is wrong with a new object.</summary>
    public static string[] Create(string kind, ObjectValue item)
    {
        var errors = new List<FieldError>();
        KindRules.For(BuiltIn.Schema[kind]).Validate(item, errors);
        return [.. errors.Select(e => e.ToString())];
    }

    /// <summary>What is wrong with a new object.</summary>
    public static string[] Create(string kind, string json) => Create(kind, Complete(kind, json));

    /// <summary>What is wrong with a change.</summary>
    public static string[] Update(string kind, ObjectValue stored, Action<ObjectValue> change, string subresource = "")
    {
        var updated = (ObjectValue)stored.DeepClone();
        change(updated);
        KindRules.For(BuiltIn.Schema[kind]).Default(updated);
        return Change(kind, updated, stored, subresource);
    }

    /// <summary>What is wrong with a change; both objects have their defaults.</summary>
    public static string[] Change(string kind, ObjectValue updated, ObjectValue stored, string subresource)
    {
        var errors = new List<FieldError>();
        KindRules.For(BuiltIn.Schema[kind]).ValidateUpdate(updated, stored, subresource, errors);
        return [.. errors.Select(e => e.ToString())];
    }

    /// <summary>Sets (or with null removes) what a path of names and positions, such as spec/containers/0/name, leads to.</summary>
    public static void Set(this ObjectValue item, string path, string? json)
    {
        var steps = Array.ConvertAll(path.Split('/'), s => s.Replace("~1", "/", StringComparison.Ordinal));
        Value at = item;
        foreach (var step in steps[..^1])
            at = at is ListValue list ? list[int.Parse(step, null)] : ((ObjectValue)at).GetMember(step);
        var value = json is null ? null : Value.Parse(json);
        if (at is ListValue items && steps[^1] == "+")
            items.Add(value!);
        else if (at is ListValue rows)
            rows[int.Parse(steps[^1], null)] = value!;
        else
            ((ObjectValue)at)[steps[^1]] = value;
    }

    private static Value GetMember(this ObjectValue item, string name) => item[name] ?? item.GetOrAddObject(name);
}
