namespace Xebec.Kubelet.PodWorkers;

/// <summary>Facts about the containers of a pod's spec.</summary>
internal static class PodContainers
{
    /// <summary>A restartable init container (KEP-753).</summary>
    public static bool IsSidecar(Container container) => container.RestartPolicy == ContainerRestartPolicy.Always;

    /// <summary>The restart policy that holds for a container: the pod's, or its own where it is a sidecar.</summary>
    public static string RestartPolicyOf(Pod pod, Container container, ContainerKind kind)
    {
        if (kind == ContainerKind.Ephemeral)
            return RestartPolicy.Never;
        if (kind == ContainerKind.Init)
            return IsSidecar(container) ? RestartPolicy.Always
                : pod.Spec.RestartPolicy == RestartPolicy.Never ? RestartPolicy.Never : RestartPolicy.OnFailure;
        return container.RestartPolicy ?? (pod.Spec.RestartPolicy.Length == 0 ? RestartPolicy.Always : pod.Spec.RestartPolicy);
    }

    public static IEnumerable<(Container Container, ContainerKind Kind)> All(Pod pod)
    {
        foreach (var container in pod.Spec.InitContainers)
            yield return (container, ContainerKind.Init);
        foreach (var container in pod.Spec.Containers)
            yield return (container, ContainerKind.Regular);
        foreach (var container in pod.Spec.EphemeralContainers)
            yield return (AsContainer(container), ContainerKind.Ephemeral);
    }

    public static (Container Container, ContainerKind Kind)? Find(Pod pod, string name)
    {
        foreach (var entry in All(pod))
        {
            if (entry.Container.Name == name)
                return entry;
        }

        return null;
    }

    /// <summary>The part of an ephemeral container that it has in common with others; shares lists with it.</summary>
    public static Container AsContainer(EphemeralContainer ephemeral) => new()
    {
        Name = ephemeral.Name,
        Image = ephemeral.Image,
        Command = ephemeral.Command,
        Args = ephemeral.Args,
        WorkingDir = ephemeral.WorkingDir,
        EnvFrom = ephemeral.EnvFrom,
        Env = ephemeral.Env,
        VolumeMounts = ephemeral.VolumeMounts,
        TerminationMessagePath = ephemeral.TerminationMessagePath,
        TerminationMessagePolicy = ephemeral.TerminationMessagePolicy,
        ImagePullPolicy = ephemeral.ImagePullPolicy,
        SecurityContext = ephemeral.SecurityContext,
        Stdin = ephemeral.Stdin,
        StdinOnce = ephemeral.StdinOnce,
        Tty = ephemeral.Tty,
    };

    /// <summary>For events: the path of a container inside its pod.</summary>
    public static string FieldPath(string name, ContainerKind kind) => kind switch
    {
        ContainerKind.Init => $"spec.initContainers{{{name}}}",
        ContainerKind.Ephemeral => $"spec.ephemeralContainers{{{name}}}",
        _ => $"spec.containers{{{name}}}",
    };
}
