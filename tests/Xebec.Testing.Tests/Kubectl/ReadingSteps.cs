using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>get and its output forms, describe, explain, discovery, raw paths, completion.</summary>
internal static class ReadingSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("version", "Server Version: .*v1\\.36"), new("cluster-info", "control plane.* is running at"), new("api-versions", "apps/v1\n[\\s\\S]*\nv1(\\s|$)"),
        new("api-resources -o wide", "mutatingadmissionpolicies .*MutatingAdmissionPolicy .*api-extensions"),
        new("api-resources --categories=all --no-headers", "^pods +po +v1 +true +Pod\n"), new("api-resources --api-group=apps -o name", "controllerrevisions.apps\n"),
        new("apply -n NS -f -", "deployment.apps/web created", Input: Manifests.Web), new("rollout status deploy/web -n NS", "successfully rolled out"),
        .. Forms, .. Watching, .. Words,
    ];

    private static IEnumerable<Step> Forms =>
    [
        new("get deploy web -n NS", "NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2/2 +2 +2 "),
        new("get pods -n NS -o wide", "NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES\n(web-\\S+ +1/1 +Running +0 +\\S+ +10[.\\d]+ +node-\\d +<none> +<none>\n){2}$"),
        new("get all -n NS", "pod/web-[\\s\\S]*deployment.apps/web[\\s\\S]*replicaset.apps/web-"),
        new("get pods -n NS --show-labels -L app", "APP +LABELS\nweb-\\S+ .* web +app=web,pod-template-hash="),
        new("get deploy -n NS -o yaml", "kind: Deployment\n +metadata:[\\s\\S]*kind: List\n"), new("get deploy web -n NS -o yaml", "^(?![\\s\\S]*managedFields)"),
        new("get deploy web -n NS -o json --show-managed-fields", "\"manager\": \"kubectl-client-side-apply\",\n +\"operation\": \"Update\""),
        new("get deploy -n NS -o 'jsonpath={range .items[*]}{.metadata.name}={.spec.replicas}{end}'", "^web=2$"),
        new("get deploy -n NS -o 'go-template={{range .items}}{{.metadata.name}} {{.status.readyReplicas}}{{end}}'", "^web 2$"),
        new("get pods -n NS -o custom-columns=N:.metadata.name,P:.status.phase --sort-by=.metadata.name", "^N +P\nweb-\\S+ +Running\nweb-"),
        new("get deploy -n NS -o name", "^deployment.apps/web\n$"), new("get pods -n NS --chunk-size=1 --no-headers", "^web-.*\nweb-.*\n$"),
        new("get pods -A -l app=web --field-selector=status.phase=Running,spec.nodeName!=none -o name", "^pod/web-\\S+\npod/web-"),
        new("get pods -A --field-selector=spec.nonsense=1", "field label not supported: spec.nonsense", 1),
        new("get deploy,rs -n NS --show-kind", "deployment.apps/web[\\s\\S]*replicaset.apps/web-"), new("get deploy web none -n NS", "deployments.apps \"none\" not found", 1),
        new("get deploy web --subresource=scale -n NS", "NAME +DESIRED +AVAILABLE +AGE\nweb +2 +2 "), new("get deploy web --subresource=status -n NS", "web +2/2"),
        new("get endpoints -n NS", "Warning: v1 Endpoints is deprecated in v1\\.33\\+; use discovery\\.k8s\\.io/v1 EndpointSlice"),
        new("get cs", "Warning: v1 ComponentStatus is deprecated in v1\\.19\\+"), new("get nonsense", "the server doesn't have a resource type \"nonsense\"", 1),
        new("get pods -n none", "No resources found in none namespace"), new("get pods -n NS -l 'a in (b'", "unable to parse requirement", 1),
        new("get pods -n NS -o 'jsonpath={.items[*'", "unterminated array", 1), new("get nodes -o wide", "node-1 +Ready +<none> .*fake://"),
    ];

    private static IEnumerable<Step> Watching =>
    [
        new("wait deploy/web -n NS --for=condition=Available", "condition met"), new("wait deploy/web -n NS --for=jsonpath={.status.readyReplicas}=2", "condition met"),
        new("wait deploy/web -n NS --for=create --timeout=5s", "condition met") { Since = 31 },
        new("wait deploy/web -n NS --for=condition=Nonsense --timeout=1s", "timed out waiting for the condition on deployments/web", 1),
        new("wait deploy/none -n NS --for=delete --timeout=1s"), new("events -n NS --for deployment/web", "ScalingReplicaSet +Deployment/web +Scaled up replica set web-\\S+ from 0 to 2"),
        new("events -n NS --types=Warning", "No events found in NS namespace"), new("get events -n NS --sort-by=.metadata.name", "Scheduled +pod/web-"),
        new("top nodes", "Metrics API not available", 1), new("top pods -A", "Metrics API not available", 1),
    ];

    private static IEnumerable<Step> Words =>
    [
        new("describe deploy web -n NS", "Replicas: +2 desired \\| 2 updated \\| 2 total \\| 2 available \\| 0 unavailable[\\s\\S]*NewReplicaSet: +web-\\S+ \\(2/2 replicas created\\)[\\s\\S]*ScalingReplicaSet"),
        new("describe pods -n NS -l app=web", "Controlled By: +ReplicaSet/web-[\\s\\S]*Successfully assigned NS/web-\\S+ to node-[\\s\\S]*Started container web"),
        new("describe node node-1", "HolderIdentity: +node-1[\\s\\S]*KubeletReady[\\s\\S]*Non-terminated Pods[\\s\\S]*RegisteredNode"), new("describe ns NS", "Status: +Active\n\nNo resource quota"),
        new("describe deploy none -n NS", "deployments.apps \"none\" not found", 1), new("explain deploy.spec.strategy", "rollingUpdate\t<RollingUpdateDeployment>"),
        new("explain pods --recursive", "ephemeralContainers\t<\\[\\]EphemeralContainer>"), new("explain deploy.nonsense", "field \"nonsense\" does not exist", 1),
        new("explain hpa --api-version=autoscaling/v1", "autoscaling"), new("get --raw /readyz?verbose", "\\[\\+\\]ping ok\n[\\s\\S]*readyz check passed"), new("get --raw /livez/ping", "^ok$"),
        new("get --raw /api/v1/namespaces/NS/configmaps?limit=1", "^{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\""), new("get --raw /nonsense", "the server could not find the requested resource", 1),
        new("get --raw /api/v1/namespaces/NS/configmaps?watch=True&timeoutSeconds=1", "^{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\""),
        new("__complete get deploy -n NS ''", "^web\n:4\n"), new("__complete get pods -n ''", "kube-system\n"), new("config view", "xebec-testing"), new("config current-context", "xebec-testing"),
        new("cluster-info dump --namespaces NS", "\"kind\": \"NodeList\"[\\s\\S]*\"kind\": \"DeploymentList\""),
    ];
}
