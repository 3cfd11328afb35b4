using k8s;
using k8s.Models;

namespace WebsiteOperator;

/// <summary>A list of them, as the API server sends it.</summary>
public sealed class WebsiteList : IKubernetesObject<V1ListMeta>, IItems<Website>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ListMeta Metadata { get; set; } = new();

    public IList<Website> Items { get; set; } = [];
}
