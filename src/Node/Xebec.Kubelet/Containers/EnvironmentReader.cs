using System.Collections.Frozen;

namespace Xebec.Kubelet.Containers;

/// <summary>Reads what a container's environment refers to from the API and builds the environment.</summary>
internal static class EnvironmentReader
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    public static async Task<List<KeyValuePair<string, string>>> ReadAsync(
        NodeServices services, Pod pod, Container container, IReadOnlyList<string> podIps, CancellationToken cancellation)
    {
        var ns = pod.Metadata.Namespace;
        var configMaps = container.EnvFrom.Select(s => s.ConfigMapRef?.Name).Concat(
            container.Env.Select(e => e.ValueFrom?.ConfigMapKeyRef?.Name));
        var secrets = container.EnvFrom.Select(s => s.SecretRef?.Name).Concat(container.Env.Select(e => e.ValueFrom?.SecretKeyRef?.Name));
        return EnvironmentBuilder.Build(new EnvironmentInput(pod, container)
        {
            ConfigMaps = await FetchAsync<ConfigMap>(services.Objects, ns, configMaps, cancellation),
            Secrets = await FetchAsync<Secret>(services.Objects, ns, secrets, cancellation),
            ServiceVariables = await ServicesAsync(services, pod, cancellation),
            PodIps = pod.Spec.HostNetwork ? [services.Options.NodeIp] : podIps,
            HostIp = services.Options.NodeIp,
            Allocatable = services.Allocatable,
        });
    }

    private static async Task<Dictionary<string, T>> FetchAsync<T>(
        PodObjects objects, string ns, IEnumerable<string?> names, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in names.OfType<string>().Distinct())
        {
            if (await objects.GetAsync<T>(ns, name, Freshness, cancellation) is { } value)
                found[name] = value;
        }

        return found;
    }

    private static async Task<IReadOnlyDictionary<string, string>> ServicesAsync(
        NodeServices services, Pod pod, CancellationToken cancellation)
    {
        if (!services.Folders.Exist)
            return FrozenDictionary<string, string>.Empty;
        var all = (await services.Objects.ServicesAsync("default", cancellation)).Where(s => s.Metadata.Name == "kubernetes").ToList();
        if (pod.Spec.EnableServiceLinks != false)
            all.AddRange((await services.Objects.ServicesAsync(pod.Metadata.Namespace, cancellation)).Where(s => !all.Contains(s)));
        return ServiceEnvironment.Build(all);
    }
}
