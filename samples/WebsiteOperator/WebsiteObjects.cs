using System.Security.Cryptography;
using System.Text;
using k8s.Models;

namespace WebsiteOperator;

/// <summary>What a Website consists of: pure functions from it to the objects that the operator applies.</summary>
public static class WebsiteObjects
{
    public const string Label = "samples.xebec.example/website";
    private const string PageHash = "samples.xebec.example/page";

    public static V1ConfigMap Page(Website site) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = Metadata(site),
        Data = new Dictionary<string, string> { ["index.html"] = site.Spec.Page },
    };

    /// <summary>The last page, which outlives the Website.</summary>
    public static V1ConfigMap Archive(Website site) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta { Name = site.Metadata.Name + "-archive", NamespaceProperty = site.Metadata.NamespaceProperty },
        Data = new Dictionary<string, string> { ["index.html"] = site.Spec.Page },
    };

    public static V1Service Service(Website site) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Metadata(site),
        Spec = new V1ServiceSpec { Selector = Labels(site), Ports = [new V1ServicePort { Port = 80, Protocol = "TCP" }] },
    };

    public static V1Deployment Deployment(Website site) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Metadata(site),
        Spec = new V1DeploymentSpec
        {
            Replicas = site.Spec.Replicas ?? 1,
            Selector = new V1LabelSelector { MatchLabels = Labels(site) },
            Template = new V1PodTemplateSpec
            {
                // A new page is a new template, so that the pods are rolled over to it.
                Metadata = new V1ObjectMeta
                {
                    Labels = Labels(site),
                    Annotations = new Dictionary<string, string> { [PageHash] = Hash(site.Spec.Page) },
                },
                Spec = Pod(site),
            },
        },
    };

    private static V1PodSpec Pod(Website site) => new()
    {
        Containers =
        [
            new V1Container
            {
                Name = "web",
                Image = "docker.io/library/nginx:1.29",
                Ports = [new V1ContainerPort { ContainerPort = 80, Protocol = "TCP" }],
                ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/", Port = 80 } },
                VolumeMounts = [new V1VolumeMount { Name = "page", MountPath = "/usr/share/nginx/html" }],
            },
        ],
        Volumes = [new V1Volume { Name = "page", ConfigMap = new V1ConfigMapVolumeSource { Name = site.Metadata.Name } }],
    };

    private static V1ObjectMeta Metadata(Website site) => new()
    {
        Name = site.Metadata.Name,
        NamespaceProperty = site.Metadata.NamespaceProperty,
        Labels = Labels(site),
        OwnerReferences =
        [
            new V1OwnerReference
            {
                ApiVersion = site.ApiVersion, Kind = site.Kind, Name = site.Metadata.Name, Uid = site.Metadata.Uid, Controller = true,
                BlockOwnerDeletion = true,
            },
        ],
    };

    private static Dictionary<string, string> Labels(Website site) => new() { [Label] = site.Metadata.Name };

    private static string Hash(string page) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(page)))[..16];
}
