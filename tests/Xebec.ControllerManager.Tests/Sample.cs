using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery;

namespace Xebec.ControllerManager.Tests;

/// <summary>Objects that tests start from.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static Deployment Deployment(
        int replicas, string image = "web:1", IntOrString? maxSurge = null, IntOrString? maxUnavailable = null) => new()
    {
        Metadata = { Name = "web", Namespace = "ns", Uid = "deployment-uid", Generation = 1 },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            ProgressDeadlineSeconds = 600,
            RevisionHistoryLimit = 10,
            Selector = new LabelSelector { MatchLabels = { ["app"] = "web" } },
            Strategy = new DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeployment { MaxSurge = maxSurge ?? "25%", MaxUnavailable = maxUnavailable ?? "25%" },
            },
            Template = Template(image),
        },
    };

    public static PodTemplateSpec Template(string image) => new()
    {
        Metadata = { Labels = { ["app"] = "web" } },
        Spec = { Containers = [
            new Container { Name = "web", Image = image,
                Ports = [new ContainerPort { Name = "http", ContainerPortValue = 80, Protocol = "TCP" }] }] },
    };

    public static ReplicaSet ReplicaSet(string name, int size, int available = 0, int ageSeconds = 0) => new()
    {
        Metadata = { Name = name, Namespace = "ns", Uid = name, CreationTimestamp = Now.AddSeconds(-ageSeconds) },
        Spec = { Replicas = size, Template = Template(name), Selector = new LabelSelector { MatchLabels = { ["app"] = "web" } } },
        Status = { Replicas = size, AvailableReplicas = available, ReadyReplicas = available },
    };

    public static Pod Pod(
        string name, bool isReady = true, string node = "node1", string phase = PodPhase.Running, int readySeconds = 100) => new()
    {
        Metadata = { Name = name, Namespace = "ns", Uid = name, Labels = { ["app"] = "web" },
            CreationTimestamp = Now.AddSeconds(-readySeconds - 1) },
        Spec = { NodeName = node, Containers = Template("web:1").Spec.Containers },
        Status =
        {
            Phase = phase,
            PodIP = $"10.0.0.{name.Length}",
            PodIPs = [new PodIP { Ip = $"10.0.0.{name.Length}" }],
            Conditions = [new PodCondition { Type = "Ready", Status = isReady ? "True" : "False",
                LastTransitionTime = Now.AddSeconds(-readySeconds) }],
        },
    };

    public static Service Service() => new()
    {
        Metadata = { Name = "web", Namespace = "ns", Uid = "service-uid", Labels = { ["team"] = "a" } },
        Spec =
        {
            ClusterIP = "10.96.0.10",
            IpFamilies = ["IPv4"],
            Selector = { ["app"] = "web" },
            Ports = [new ServicePort { Name = "http", Port = 80, TargetPort = "http", Protocol = "TCP" }],
        },
    };
}
