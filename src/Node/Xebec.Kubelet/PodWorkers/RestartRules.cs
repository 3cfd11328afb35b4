namespace Xebec.Kubelet.PodWorkers;

/// <summary>Whether an exited container runs again: the restart policy and the container's own rules (KEP-5307).</summary>
internal static class RestartRules
{
    public static bool ShouldRestart(Pod pod, Container container, ContainerKind kind, int exitCode)
    {
        foreach (var rule in container.RestartPolicyRules)
        {
            if (rule.Action == ContainerRestartRuleAction.Restart && Matches(rule, exitCode))
                return true;
        }

        return PodContainers.RestartPolicyOf(pod, container, kind) switch
        {
            RestartPolicy.Always => true,
            RestartPolicy.OnFailure => exitCode != 0,
            _ => false,
        };
    }

    private static bool Matches(ContainerRestartRule rule, int exitCode)
    {
        if (rule.ExitCodes is not { } codes)
            return false;
        var listed = codes.Values.Contains(exitCode);
        return codes.Operator == ContainerRestartRuleOnExitCodesOperator.In ? listed : !listed;
    }
}
