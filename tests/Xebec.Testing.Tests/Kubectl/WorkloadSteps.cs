using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>set, rollout, scale, autoscale, expose and the ways of deleting what owns other objects.</summary>
internal static class WorkloadSteps
{
    private static readonly Step RolledOut = new("rollout status deploy/web -n NS --timeout=60s", "successfully rolled out");

    public static IReadOnlyList<Step> All { get; } =
    [
        new("apply -n NS -f -", "created", Input: Manifests.Web), RolledOut, .. Setting, .. Rollouts, .. Scaling, .. Removal,
    ];

    private static IEnumerable<Step> Setting =>
    [
        new("set image deploy/web web=web:2 -n NS", "deployment.apps/web image updated"), RolledOut, new("set image deploy/web none=x -n NS", "unable to find container named \"none\"", 1),
        new("set env deploy/web COLOR=blue -n NS", "env updated"), new("set env deploy/web --list -n NS", "COLOR=blue"), new("set env deploy/web COLOR- -n NS", "env updated"),
        new("set resources deploy/web --limits=cpu=200m -n NS", "resource requirements updated"), new("set serviceaccount deploy/web default -n NS", "serviceaccount updated"),
        new("create configmap values -n NS --from-literal=SIZE=1", "created"), new("set env deploy/web --from=configmap/values -n NS", "env updated"), RolledOut,
    ];

    private static IEnumerable<Step> Rollouts =>
    [
        new("rollout history deploy/web -n NS", "^deployment.apps/web \nREVISION +CHANGE-CAUSE\n1 +<none>\n"), new("rollout history deploy/web -n NS --revision=1", "web:1"),
        new("rollout undo deploy/web -n NS --to-revision=1", "rolled back"), RolledOut, new("get deploy web -n NS -o 'jsonpath={.spec.template.spec.containers[0].image}'", "^web:1$"),
        new("rollout undo deploy/web -n NS --to-revision=99", "unable to find specified revision 99 in history", 1), new("rollout pause deploy/web -n NS", "paused"),
        new("rollout pause deploy/web -n NS", "deployments.apps \"web\" is already paused", 1), new("rollout restart deploy/web -n NS", "can't restart paused deployment", 1),
        new("rollout undo deploy/web -n NS", "you cannot rollback a paused deployment", 1), new("rollout resume deploy/web -n NS", "resumed"),
        new("rollout resume deploy/web -n NS", "is not paused", 1), new("rollout restart deploy/web -n NS", "restarted"), RolledOut,
    ];

    private static IEnumerable<Step> Scaling =>
    [
        new("scale deploy web --replicas=1 -n NS", "deployment.apps/web scaled"), new("scale deploy web --current-replicas=9 --replicas=2 -n NS", "Expected replicas to be 9, was 1", 1),
        new("patch deploy web -n NS --subresource=scale --type=merge -p {\"spec\":{\"replicas\":3}}", "scale.autoscaling/web patched"), RolledOut,
        new("scale --replicas=2 deploy/web deploy/none -n NS", "deployments.apps \"none\" not found", 1), new("scale rs --all --replicas=-1 -n NS", "COUNT must be greater than or equal to 0", 1),
        new("autoscale deploy web --min=1 --max=3 --cpu-percent=50 -n NS", "horizontalpodautoscaler.autoscaling/web autoscaled"), new("get hpa -n NS", "web +Deployment/web +cpu: <unknown>/50% +1 +3 +"),
        new("expose deploy web --port=80 --target-port=8080 --type=NodePort -n NS", "service/web exposed"), new("expose deploy web --port=80 -n NS", "services \"web\" already exists", 1),
        new("get svc web -n NS -o wide", "web +NodePort +10\\.\\S+ +<none> +80:3\\d+/TCP +\\S+ +app=web"), new("describe svc web -n NS", "TargetPort: +8080/TCP\nNodePort: +<unset> +3\\d+/TCP"),
        new("set selector svc/web app=other -n NS", "service/web selector updated"), new("get endpointslices -n NS", "^NAME +ADDRESSTYPE +PORTS +ENDPOINTS +AGE\nweb-"),
    ];

    private static IEnumerable<Step> Removal =>
    [
        new("delete deploy web -n NS --cascade=orphan", "deployment.apps \"web\" deleted"), new("get rs -n NS -o name", "replicaset.apps/web-"),
        new("delete rs --all -n NS --cascade=foreground --timeout=60s", "deleted"), new("wait pods -l app=web -n NS --for=delete --timeout=60s"), new("get pods -n NS", "No resources found"),
        new("apply -n NS -f -", "created", Input: Manifests.Web), RolledOut, new("delete deploy web -n NS --cascade=background --wait=false", "deleted"),
        new("wait pods -l app=web -n NS --for=delete --timeout=60s"), new("run single --image=x:1 -n NS", "pod/single created"),
        new("delete pod single -n NS --grace-period=0 --force", "Immediate deletion does not wait for confirmation"), new("delete all --all -n NS --timeout=60s", "service \"web\" deleted"),
        new("delete pod none -n NS", "pods \"none\" not found", 1), new("delete ns NS --timeout=60s", "namespace \"NS\" deleted"),
    ];
}
