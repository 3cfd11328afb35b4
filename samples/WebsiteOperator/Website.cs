using k8s;
using k8s.Models;

namespace WebsiteOperator;

/// <summary>One page that is served by some pods.</summary>
[KubernetesEntity(Group = Website.GroupName, ApiVersion = Website.Version, Kind = "Website", PluralName = Website.Plural)]
public sealed class Website : IKubernetesObject<V1ObjectMeta>, ISpec<WebsiteSpec>
{
    public const string GroupName = "samples.xebec.example";
    public const string Version = "v1";
    public const string Plural = "websites";

    public string ApiVersion { get; set; } = $"{GroupName}/{Version}";

    public string Kind { get; set; } = "Website";

    public V1ObjectMeta Metadata { get; set; } = new();

    public WebsiteSpec Spec { get; set; } = new();

    public WebsiteStatus? Status { get; set; }
}
