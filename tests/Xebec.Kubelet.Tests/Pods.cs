using Xebec.Api.Core.V1;

namespace Xebec.Kubelet.Tests;

/// <summary>Pods to test with.</summary>
internal static class Pods
{
    public static Pod New(string name, params Container[] containers)
    {
        var pod = new Pod();
        pod.Metadata.Name = name;
        pod.Metadata.Namespace = "default";
        pod.Spec.NodeName = "node-1";
        pod.Spec.RestartPolicy = RestartPolicy.Always;
        pod.Spec.TerminationGracePeriodSeconds = 30;
        pod.Spec.Containers = [.. containers];
        return pod;
    }

    public static Container Container(string name, params string[] command) =>
        new() { Name = name, Image = $"example.com/{name}:1", Command = [.. command], ImagePullPolicy = PullPolicy.IfNotPresent };

    public static Pod With(this Pod pod, Action<Pod> change)
    {
        change(pod);
        return pod;
    }

    public static bool IsReady(Pod pod) => pod.Status.Conditions.Exists(c => c.Type == PodConditionType.Ready && c.Status == "True");
}
