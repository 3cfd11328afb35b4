using System.Text;

namespace Xebec.Kubelet.Containers;

/// <summary>The environment of a container, in the order it is declared; services' variables come last and replace nothing. Pure.</summary>
internal static class EnvironmentBuilder
{
    /// <exception cref="ContainerConfigException">A ConfigMap, Secret or key that is not optional does not exist.</exception>
    public static List<KeyValuePair<string, string>> Build(EnvironmentInput input)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var source in input.Container.EnvFrom)
            AddAll(input, source, values, order);
        foreach (var variable in input.Container.Env)
        {
            if (ValueOf(input, variable, values) is { } value)
                Set(values, order, variable.Name, value);
        }

        foreach (var (name, value) in input.ServiceVariables)
        {
            if (!values.ContainsKey(name))
                Set(values, order, name, value);
        }

        return [.. order.Select(name => KeyValuePair.Create(name, values[name]))];
    }

    private static void Set(Dictionary<string, string> values, List<string> order, string name, string value)
    {
        if (!values.ContainsKey(name))
            order.Add(name);
        values[name] = value;
    }

    private static void AddAll(EnvironmentInput input, EnvFromSource source, Dictionary<string, string> values, List<string> order)
    {
        if (source.ConfigMapRef is { } configMapRef)
        {
            foreach (var (key, value) in FindConfigMap(input, configMapRef.Name, configMapRef.Optional)?.Data ?? [])
                AddNamed(values, order, source.Prefix + key, value);
        }

        if (source.SecretRef is { } secretRef)
        {
            foreach (var (key, value) in FindSecret(input, secretRef.Name, secretRef.Optional)?.Data ?? [])
                AddNamed(values, order, source.Prefix + key, Encoding.UTF8.GetString(value));
        }
    }

    private static void AddNamed(Dictionary<string, string> values, List<string> order, string name, string value)
    {
        if (name.Length > 0 && name.All(c => c is >= ' ' and <= '~' and not '='))
            Set(values, order, name, value);
    }

    private static string? ValueOf(EnvironmentInput input, EnvVar variable, Dictionary<string, string> values)
    {
        if (variable.ValueFrom is not { } from)
            return VariableExpansion.Expand(variable.Value, name => values.GetValueOrDefault(name) ?? Service(input, name));
        if (from.FieldRef is { } field)
        {
            return PodFields.Value(input.Pod, field.FieldPath, input.PodIps, input.HostIp)
                ?? throw new ContainerConfigException($"unsupported fieldPath: {field.FieldPath}");
        }

        if (from.ResourceFieldRef is { } resource)
            return ResourceFields.Value(input.Pod, input.Container, resource, input.Allocatable);
        if (from.ConfigMapKeyRef is { } configMapKey)
            return ConfigMapValue(input, configMapKey);
        return from.SecretKeyRef is { } secretKey ? SecretValue(input, secretKey) : null;
    }

    private static string? Service(EnvironmentInput input, string name) =>
        input.ServiceVariables.TryGetValue(name, out var value) ? value : null;

    private static string? ConfigMapValue(EnvironmentInput input, ConfigMapKeySelector selector)
    {
        if (FindConfigMap(input, selector.Name, selector.Optional) is not { } configMap)
            return null;
        if (configMap.Data.TryGetValue(selector.Key, out var value))
            return value;
        return selector.Optional == true ? null : throw new ContainerConfigException(
            $"couldn't find key {selector.Key} in ConfigMap {input.Pod.Metadata.Namespace}/{selector.Name}");
    }

    private static string? SecretValue(EnvironmentInput input, SecretKeySelector selector)
    {
        if (FindSecret(input, selector.Name, selector.Optional) is not { } secret)
            return null;
        if (secret.Data.TryGetValue(selector.Key, out var value))
            return Encoding.UTF8.GetString(value);
        return selector.Optional == true ? null : throw new ContainerConfigException(
            $"couldn't find key {selector.Key} in Secret {input.Pod.Metadata.Namespace}/{selector.Name}");
    }

    private static ConfigMap? FindConfigMap(EnvironmentInput input, string name, bool? optional) =>
        input.ConfigMaps.TryGetValue(name, out var found) ? found
        : optional == true ? null : throw new ContainerConfigException($"configmap \"{name}\" not found");

    private static Secret? FindSecret(EnvironmentInput input, string name, bool? optional) =>
        input.Secrets.TryGetValue(name, out var found) ? found
        : optional == true ? null : throw new ContainerConfigException($"secret \"{name}\" not found");
}
