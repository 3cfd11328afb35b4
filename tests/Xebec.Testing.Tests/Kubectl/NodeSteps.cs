using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>cordon, drain, taint, debug, and what asks a kubelet that simulated nodes do not have.</summary>
internal static class NodeSteps
{
    private const string NoKubelet = "Internal error occurred: .*the API server has no client certificate for kubelets";

    public static IReadOnlyList<Step> All { get; } =
    [
        new("apply -n NS -f -", "pod/multi created", Input: Manifests.Multi), new("wait pod/multi -n NS --for=condition=Ready --timeout=60s", "condition met"),
        .. Streams, .. Debugging, .. Draining, .. Tainting,
    ];

    private static IEnumerable<Step> Streams =>
    [
        new("logs multi -n NS", NoKubelet, 1), new("exec multi -n NS -c b -- ls", NoKubelet, 1), new("attach multi -n NS", NoKubelet, 1), new("port-forward pod/multi -n NS 0:80", NoKubelet, 1),
        new("logs multi -n NS -c none", "container none is not valid for pod multi|container \"none\" not found|not found in pod", 1), new("exec none -n NS -- ls", "pods \"none\" not found", 1),
    ];

    private static IEnumerable<Step> Debugging =>
    [
        new("debug multi -n NS --image=dbg:1 -c dbg --target=a"), new("get pod multi -n NS -o 'jsonpath={.spec.ephemeralContainers[*].name}'", "^dbg$"),
        new("debug multi -n NS --image=dbg:1 --copy-to=copy --share-processes -c dbg"), new("wait pod/copy -n NS --for=condition=Ready --timeout=60s", "condition met"),
        new("get pod copy -n NS", "copy +3/3 +Running"), new("debug node/node-2 -n NS --image=dbg:1", "Creating debugging pod node-debugger-node-2-"),
    ];

    private static IEnumerable<Step> Draining =>
    [
        new("cordon node-1", "^node/node-1 cordoned\n$"), new("cordon node-1", "already cordoned"), new("get nodes", "node-1 +Ready,SchedulingDisabled +<none> .* v1\\.36"),
        new("drain node-1", "cannot delete cannot delete Pods that declare no controller|cannot delete Pods (that )?declare no controller|Pods that declare no controller", 1),
        new("drain node-1 --ignore-daemonsets --force --delete-emptydir-data --timeout=60s", "evicting pod NS/multi\n[\\s\\S]*pod/multi evicted\n[\\s\\S]*node/node-1 drained"),
        new("uncordon node-1", "node/node-1 uncordoned"), new("create pdb keep -n NS --selector=run=kept --min-available=1", "created"), new("run kept -n NS --image=x:1", "created"),
        new("wait pod/kept -n NS --for=condition=Ready --timeout=60s", "condition met"),
        new("drain node-1 node-2 --force --pod-selector=run=kept --timeout=1s", "Cannot evict pod as it would violate the pod's disruption budget|global timeout reached: 1s", 1),
        new("uncordon node-1 node-2", "node/node-2 uncordoned"),
    ];

    private static IEnumerable<Step> Tainting =>
    [
        new("taint node node-1 a=b:NoSchedule", "node/node-1 tainted"), new("taint node node-1 a=b:NoSchedule", "already has a.* taint", 1), new("taint node node-1 a=c:NoSchedule --overwrite", "modified"),
        new("taint node node-1 a:NoSchedule-", "untainted"), new("taint node node-1 a-", "taint \"a\" not found", 1), new("taint node node-1 a=b:Nonsense", "invalid taint effect", 1),
        new("label node node-1 role=x", "labeled"), new("get nodes -l role=x -o name", "^node/node-1\n$"), new("patch node node-1 -p {\"spec\":{\"unschedulable\":true}}", "patched"), new("uncordon node-1", "uncordoned"),
        new("delete node none", "nodes \"none\" not found", 1),
    ];
}
