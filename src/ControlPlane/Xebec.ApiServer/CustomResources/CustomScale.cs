using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.Registry.Autoscaling;

namespace Xebec.ApiServer.CustomResources;

/// <summary>A custom resource seen as a Scale through the paths that its definition declares. Pure.</summary>
internal static class CustomScale
{
    /// <summary>The view of some paths.</summary>
    public static SubresourceView View(ScalePaths paths) => new(item => Of(item, paths), (item, scale) => Apply(item, scale, paths));

    private static ObjectValue Of(ObjectValue item, ScalePaths paths)
    {
        var spec = new ObjectValue { { "replicas", Count(item, paths.SpecReplicas, ".spec.replicas") } };
        var status = new ObjectValue { { "replicas", Count(item, paths.StatusReplicas, "") } };
        if (paths.LabelSelector is { } path && Find(item, path)?.AsString() is { Length: > 0 } selector)
            status["selector"] = selector;
        return ScaleView.Of(item, spec, status);
    }

    private static Value Count(ObjectValue item, string[] path, string required)
    {
        var found = Find(item, path);
        if (found is NumberValue { IsWhole: true })
            return found;
        if (found is not (null or NullValue))
            throw ApiErrors.InternalError($".{string.Join('.', path)} accessor error: {Describe(found)}, expected int64");
        return required.Length > 0
            ? throw ApiErrors.InternalError($"the spec replicas field \".{string.Join('.', path)}\" does not exist")
            : 0L;
    }

    /// <summary>A value as Go's accessors name it.</summary>
    public static string Describe(Value found) => $"{found.AsString() ?? found.ToString()} is of the type {GoType(found)}";

    private static string GoType(Value value) => value switch
    {
        StringValue => "string",
        BoolValue => "bool",
        NumberValue { IsWhole: true } => "int64",
        NumberValue => "float64",
        ListValue => "[]interface {}",
        _ => "map[string]interface {}",
    };

    private static Value? Find(ObjectValue item, string[] path)
    {
        Value? found = item;
        foreach (var name in path)
            found = (found as ObjectValue)?[name];
        return found;
    }

    private static ObjectValue Apply(ObjectValue item, ObjectValue scale, ScalePaths paths)
    {
        var replicas = ScaleView.ReplicasOf(scale);
        var holder = item;
        foreach (var name in paths.SpecReplicas.AsSpan(0, paths.SpecReplicas.Length - 1))
            holder = holder.GetOrAddObject(name);
        holder[paths.SpecReplicas[^1]] = replicas;
        ScaleView.PinVersion(item, scale);
        return item;
    }
}
