using System.Globalization;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Containers;

/// <summary>The runtime's configuration of a container. Pure.</summary>
internal static class ContainerConfigs
{
    public const string DefaultTerminationMessagePath = "/dev/termination-log";

    public static ContainerConfig Build(ContainerConfigInput input)
    {
        var (pod, container) = (input.Pod, input.Container);
        var environment = input.Environment.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        List<string> Expand(List<string> words) => words.ConvertAll(word => VariableExpansion.Expand(word, environment.GetValueOrDefault));
        return new ContainerConfig(new ContainerMetadata(container.Name, (uint)input.Attempt), input.Image.Id)
        {
            UserSpecifiedImage = container.Image,
            Command = Expand(container.Command),
            Args = Expand(container.Args),
            WorkingDir = container.WorkingDir,
            Envs = input.Environment,
            Mounts = input.Mounts,
            Labels = Labels(pod, container),
            Annotations = Annotations(pod, container, input.Attempt),
            LogPath = input.HasLogs ? $"{container.Name}/{input.Attempt.ToString(CultureInfo.InvariantCulture)}.log" : "",
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
            Resources = ContainerLimits.Of(pod, container, input.QosClass, input.NodeMemoryBytes),
            SecurityContext = WithTarget(
                SecurityContexts.ForContainer(pod, container, input.Image, input.SeccompDirectory), input.TargetContainerId),
            StopSignal = container.Lifecycle?.StopSignal ?? "",
        };
    }

    public static string TerminationMessagePath(Container container) =>
        container.TerminationMessagePath.Length > 0 ? container.TerminationMessagePath : DefaultTerminationMessagePath;

    private static ContainerSecurityContext WithTarget(ContainerSecurityContext context, string targetId) => targetId.Length == 0
        ? context
        : context with { Namespaces = context.Namespaces with { Pid = NamespaceMode.Target, TargetId = targetId } };

    private static Dictionary<string, string> Labels(Pod pod, Container container) => new(StringComparer.Ordinal)
    {
        [RuntimeLabels.PodName] = pod.Metadata.Name,
        [RuntimeLabels.PodNamespace] = pod.Metadata.Namespace,
        [RuntimeLabels.PodUid] = pod.Metadata.Uid,
        [RuntimeLabels.ContainerName] = container.Name,
    };

    private static Dictionary<string, string> Annotations(Pod pod, Container container, int attempt) => new(StringComparer.Ordinal)
    {
        [RuntimeLabels.ContainerHash] = ContainerHash.Of(container),
        [RuntimeLabels.RestartCount] = attempt.ToString(CultureInfo.InvariantCulture),
        [RuntimeLabels.TerminationMessagePath] = TerminationMessagePath(container),
        [RuntimeLabels.TerminationMessagePolicy] =
            container.TerminationMessagePolicy.Length > 0 ? container.TerminationMessagePolicy : TerminationMessagePolicy.File,
        [RuntimeLabels.PodTerminationGracePeriod] =
            (pod.Spec.TerminationGracePeriodSeconds ?? 30).ToString(CultureInfo.InvariantCulture),
    };
}
