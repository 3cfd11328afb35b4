using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.Client.Selectors;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>Which Services a change of a pod concerns.</summary>
internal static class ServicePods
{
    /// <summary>Whether endpoints are made for the Service; without a selector users make them.</summary>
    public static bool HasEndpoints(Service service) => service.Spec.Selector.Count > 0 && service.Spec.Type != ServiceType.ExternalName;

    public static void EnqueueServices(SharedInformer<Service> services, SharedInformer<Pod> pods, WorkQueue<NamespacedName> queue) =>
        pods.AddHandler((old, pod) =>
        {
            if (old is not null && pod is not null && !ConcernsEndpoints(old, pod))
                return;
            foreach (var service in services.Lister.List((pod ?? old)!.Metadata.Namespace))
            {
                if (HasEndpoints(service) && (Selects(service, old) || Selects(service, pod)))
                    queue.Add(NamespacedName.Of(service));
            }
        });

    private static bool Selects(Service service, Pod? pod) =>
        pod is not null && LabelSelectors.Matches(service.Spec.Selector, pod.Metadata.Labels);

    internal static bool ConcernsEndpoints(Pod old, Pod pod) =>
        PodState.IsReady(old) != PodState.IsReady(pod) ||
        PodState.IsTerminal(old) != PodState.IsTerminal(pod) ||
        old.Metadata.DeletionTimestamp is null != pod.Metadata.DeletionTimestamp is null ||
        old.Spec.NodeName != pod.Spec.NodeName ||
        old.Status.PodIP != pod.Status.PodIP ||
        old.Status.PodIPs.Count != pod.Status.PodIPs.Count ||
        !old.Status.PodIPs.Zip(pod.Status.PodIPs).All(p => p.First.Ip == p.Second.Ip) ||
        old.Metadata.Labels.Count != pod.Metadata.Labels.Count ||
        old.Metadata.Labels.Except(pod.Metadata.Labels).Any();
}
