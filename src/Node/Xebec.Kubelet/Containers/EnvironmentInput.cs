using Xebec.ApiMachinery.Quantities;

namespace Xebec.Kubelet.Containers;

/// <summary>What a container's environment is made from.</summary>
internal sealed record EnvironmentInput(Pod Pod, Container Container)
{
    public IReadOnlyDictionary<string, ConfigMap> ConfigMaps { get; init; } = new Dictionary<string, ConfigMap>();

    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    public IReadOnlyDictionary<string, string> ServiceVariables { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> PodIps { get; init; } = [];

    public string HostIp { get; init; } = "";

    public IReadOnlyDictionary<string, Quantity> Allocatable { get; init; } = new Dictionary<string, Quantity>();
}
