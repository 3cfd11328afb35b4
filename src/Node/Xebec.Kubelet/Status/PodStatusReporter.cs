using System.Collections.Concurrent;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Pleg;

namespace Xebec.Kubelet.Status;

/// <summary>Computes the status of one pod from what is known of it, and hands it to the status manager.</summary>
internal sealed class PodStatusReporter(NodeServices services)
{
    private readonly ConcurrentDictionary<string, string> _messages = new(StringComparer.Ordinal);

    /// <summary>Why containers could not be started, by name.</summary>
    public ConcurrentDictionary<string, WaitReason> WaitReasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Computes the status; it is written if it changed, unless the API has the pod no more.</summary>
    public PodStatus Publish(Pod pod, RuntimePod observed, bool isTerminal, WaitReason? failure, bool isApiGone)
    {
        var input = new PodStatusInput(pod, Previous(pod), observed, services.ProbeResults, services.Time.GetUtcNow())
        {
            WaitReasons = WaitReasons,
            TerminationMessage = status => TerminationMessage(pod, status),
            NodeIp = services.Options.NodeIp,
            RuntimeName = services.RuntimeName,
            IsTerminal = isTerminal,
            Failure = failure,
        };
        var result = PodStatusGenerator.Generate(input);
        if (!isApiGone)
            services.Statuses.Set(pod, result);
        return result;
    }

    /// <summary>Our own conditions as we last wrote them, everybody else's as the API has them.</summary>
    public PodStatus Previous(Pod pod)
    {
        if (services.Statuses.Get(pod.Metadata.Uid) is not { } ours)
            return pod.Status;
        var status = ours.DeepClone();
        status.Conditions =
        [
            .. status.Conditions.Where(c => PodConditions.Owned.Contains(c.Type)),
            .. pod.Status.Conditions.Where(c => !PodConditions.Owned.Contains(c.Type)),
        ];
        return status;
    }

    /// <summary>Read once, for the file is removed before the pod's object is.</summary>
    private string TerminationMessage(Pod pod, Runtime.ContainerStatus status)
    {
        if (_messages.TryGetValue(status.Id, out var known))
            return known;
        var message = new TerminationMessages(services.Folders).Of(status);
        if (message.Length == 0)
            message = Written(pod, status.Id);
        if (status.State == Runtime.ContainerState.Exited)
            _messages[status.Id] = message;
        return message;
    }

    private static string Written(Pod pod, string containerId)
    {
        foreach (var status in pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses))
        {
            foreach (var terminated in (ContainerStateTerminated?[])[status.State.Terminated, status.LastState.Terminated])
            {
                if (terminated?.ContainerID.EndsWith(containerId, StringComparison.Ordinal) == true)
                    return terminated.Message;
            }
        }

        return "";
    }
}
