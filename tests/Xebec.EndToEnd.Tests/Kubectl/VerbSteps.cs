namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>What users do with kubectl, as one story in a namespace.</summary>
public static class VerbSteps
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one, labels: { set: a } }\ndata: { key: value }\n";
    private static readonly string Changed = ConfigMap.Replace("value", "changed");
    private static readonly string Two = ConfigMap.Replace("one", "two");

    public static IReadOnlyList<Step> All { get; } =
    [
        .. Discovery, .. Objects, .. Applying, .. Patching, .. Workloads, .. Rollouts, .. Access, .. Removal,
    ];

    private static IEnumerable<Step> Discovery =>
    [
        new("version", "Server Version:.*v1\\.36"), new("cluster-info", "control plane"), new("api-versions", "apps/v1\\n[\\s\\S]*\\nv1(\\s|$)"),
        new("api-resources", "deployments +deploy +apps/v1 +true +Deployment"), new("api-resources --namespaced=false -o name", "nodes\\n"),
        new("explain deployment.spec.replicas", "replicas"), new("explain pods --recursive", "containers"),
        Step.Fails("get nonsense", "the server doesn't have a resource type \"nonsense\""),
        new("get --raw /readyz", "^ok$"), new("get nodes -o wide", "Ready +.*containerd://"), new("describe nodes", "Allocatable:"),
    ];

    private static IEnumerable<Step> Objects =>
    [
        new("create configmap first --from-literal=a=b -n NS", "configmap/first created"),
        Step.Fails("create configmap first --from-literal=a=b -n NS", "already exists"),
        new("create secret generic hidden --from-literal=a=b -n NS", "secret/hidden created"),
        new("get configmap -n NS", "NAME +DATA +AGE[\\s\\S]*first +1 "),
        new("get configmap first -n NS -o yaml", "kind: ConfigMap"), new("get configmap first -n NS -o json", "\"kind\": \"ConfigMap\""),
        new("get configmap first -n NS -o jsonpath={.data.a}", "^b$"),
        new("get configmap -n NS -o custom-columns=NAME:.metadata.name --no-headers", "first"),
        new("get configmap -n NS --sort-by=.metadata.name --chunk-size=1", "first[\\s\\S]*kube-root-ca.crt"),
        new("get configmap -A --field-selector=metadata.name=first", "NS +first"),
        Step.Fails("get configmap gone -n NS", "NotFound"),
        new("label configmap first color=blue -n NS", "labeled"), new("get configmap -n NS -l color=blue -o name", "^configmap/first\\s*$"),
        new("label configmap first color- -n NS", "unlabeled"), new("get configmap -n NS -l color=blue", "No resources found"),
        new("annotate configmap first note=hi -n NS", "annotate"), new("describe configmap first -n NS", "note: hi"),
        new("edit configmap first -n NS", "edited|no changes"),
        new("get all -n NS", ""),
    ];

    private static IEnumerable<Step> Applying =>
    [
        new("apply -n NS -f -", "configmap/one created", Input: ConfigMap), new("apply -n NS -f -", "unchanged", Input: ConfigMap),
        new("diff -n NS -f -", "\\+.*changed", 1, Changed), new("diff -n NS -f -", "", 0, ConfigMap),
        new("apply -n NS -f - --dry-run=server", "configured \\(server dry run\\)", Input: Changed), new("apply -n NS -f -", "configured", Input: Changed),
        new("apply -n NS -f - --server-side --force-conflicts", "serverside-applied", Input: ConfigMap),
        Step.Fails("apply -n NS -f - --server-side --field-manager=other", "conflict", Changed),
        new("replace -n NS -f -", "replaced", Input: Changed),
        new("apply -n NS -f -", "configmap/two created", Input: Two),
        new("apply -n NS -f - --prune -l set=a", "configmap/two pruned", Input: ConfigMap),
        Step.Fails("apply -n NS -f - --validate=strict", "unknown field \"nonsense\"", ConfigMap + "nonsense: 1\n"),
        Step.Fails("apply -n NS -f -", "Invalid|RFC 1123", ConfigMap.Replace("name: one", "name: Not_Valid")),
    ];

    private static IEnumerable<Step> Patching =>
    [
        new("patch configmap one -n NS -p {\"data\":{\"more\":\"1\"}}", "patched"),
        new("patch configmap one -n NS --type=merge -p {\"data\":{\"more\":null}}", "patched"),
        new("patch configmap one -n NS --type=json -p '[{\"op\":\"add\",\"path\":\"/data/third\",\"value\":\"3\"}]'", "patched"),
        new("get configmap one -n NS -o jsonpath={.data}", "^\\{\"key\":\"value\",\"third\":\"3\"\\}$"),
        Step.Fails("patch configmap one -n NS --type=json -p '[{\"op\":\"test\",\"path\":\"/data/third\",\"value\":\"4\"}]'", "invalid"),
    ];

    private static IEnumerable<Step> Workloads =>
    [
        new("apply -n NS -f -", "deployment.apps/web created", Input: Manifests.Web("web", 1)),
        new("rollout status deployment/web -n NS --timeout=60s", "successfully rolled out"),
        new("wait deployment/web -n NS --for=condition=Available --timeout=30s", "condition met"),
        new("get deployment web -n NS", "web +1/1 +1 +1 "), new("get pods -n NS -o wide", "web-[a-z0-9]+-[a-z0-9]+ +1/1 +Running +0 "),
        new("get replicasets -n NS", "web-[a-z0-9]+ +1 +1 +1"), new("describe deployment web -n NS", "ScalingReplicaSet"),
        new("describe pods -n NS -l app=web", "Started +container|Started"), new("logs deployment/web -n NS", "web 1 listens on 80"),
        new("events -n NS", "Scheduled|Started"), new("get events -n NS", "Scheduled"),
        new("exec deployment/web -n NS -- cat /etc/hostname", "web-"), new("exec deployment/web -n NS -- false", "exit code 1", 1),
        new("expose deployment web -n NS --port=80", "service/web exposed"), new("get service web -n NS", "web +ClusterIP +10\\."),
        new("get endpoints web -n NS", ":80"), new("get endpointslices -n NS", "web-"),
        new("scale deployment web -n NS --replicas=2", "scaled"), new("rollout status deployment/web -n NS --timeout=60s", "successfully rolled out"),
        new("run single -n NS --image=localhost/e2e-web:1 --restart=Never --command -- true", "pod/single created"),
        new("wait pod/single -n NS --for=jsonpath={.status.phase}=Succeeded --timeout=30s", "condition met"),
    ];

    private static IEnumerable<Step> Rollouts =>
    [
        new("set image deployment/web web=localhost/e2e-web:1 -n NS", ""), new("set env deployment/web VERSION=2 -n NS", "env updated"),
        new("rollout status deployment/web -n NS --timeout=60s", "successfully rolled out"),
        new("rollout history deployment/web -n NS", "REVISION[\\s\\S]*1[\\s\\S]*2"), new("rollout undo deployment/web -n NS", "rolled back"),
        new("rollout status deployment/web -n NS --timeout=60s", "successfully rolled out"), new("rollout pause deployment/web -n NS", "paused"),
        Step.Fails("rollout restart deployment/web -n NS", "paused"), new("rollout resume deployment/web -n NS", "resumed"),
        new("rollout restart deployment/web -n NS", "restarted"), new("rollout status deployment/web -n NS --timeout=60s", "successfully rolled out"),
    ];

    private static IEnumerable<Step> Access =>
    [
        new("auth can-i create pods -n NS", "yes"), new("auth can-i create pods -n NS --as=nobody", "no", 1),
        Step.Fails("get pods -n NS --as=nobody", "Forbidden"), new("auth whoami", "Username") { Since = 28 },
        new("create serviceaccount robot -n NS", "created"), new("create token robot -n NS", "^ey[\\w.-]+\\s*$"),
        new("create rolebinding robot -n NS --clusterrole=view --serviceaccount=NS:robot", "created"),
        new("auth can-i list pods -n NS --as=system:serviceaccount:NS:robot", "yes"),
        new("auth can-i delete pods -n NS --as=system:serviceaccount:NS:robot", "no", 1),
    ];

    private static IEnumerable<Step> Removal =>
    [
        new("delete pod -n NS -l app=web --wait=false", "deleted"), new("delete deployment web -n NS --cascade=foreground --timeout=60s", "deleted"),
        new("wait pod -n NS -l app=web --for=delete --timeout=30s", ""), new("get replicasets -n NS", "No resources found"),
        new("delete namespace NS --timeout=60s", "deleted"), Step.Fails("get namespace NS", "NotFound"),
    ];
}
