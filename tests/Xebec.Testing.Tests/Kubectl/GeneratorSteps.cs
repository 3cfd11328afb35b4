using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>Every kind that kubectl create makes without a manifest, run, and how get and describe show them.</summary>
internal static class GeneratorSteps
{
    public static IReadOnlyList<Step> All { get; } = [.. Configuration, .. Rights, .. Policies, .. Services, .. Workloads];

    private static IEnumerable<Step> Configuration =>
    [
        new("create cm a -n NS --from-literal=k=v", "configmap/a created"), new("create cm a -n NS --from-literal=k=v", "failed to create configmap: configmaps \"a\" already exists", 1),
        new("create cm b -n NS --from-file=f=/dev/stdin", "configmap/b created", Input: "text"), new("describe cm a -n NS", "Data\n====\nk:\n----\nv\n"),
        new("create secret generic s -n NS --from-literal=k=v", "secret/s created"), new("create secret docker-registry d -n NS --docker-username=u --docker-password=p --docker-server=r", "created"),
        new("get secrets -n NS", "d +kubernetes.io/dockerconfigjson +1 [\\s\\S]*s +Opaque +1 "), new("describe secret s -n NS", "k: +1 bytes"), new("create sa robot -n NS", "serviceaccount/robot created"),
        new("describe sa robot -n NS", "Image pull secrets: +<none>"), new("create token robot -n NS --duration=10m", "^ey[\\w-]+\\.[\\w-]+\\.[\\w-]+\\s*$"),
        new("create token robot -n NS --bound-object-kind=Pod --bound-object-name=none", "failed to create token: pods \"none\" not found", 1), new("create ns another", "namespace/another created"),
    ];

    private static IEnumerable<Step> Rights =>
    [
        new("create role r -n NS --verb=get,list --resource=pods,deployments.apps --resource-name=x", "role.rbac.authorization.k8s.io/r created"),
        new("describe role r -n NS", "deployments.apps +\\[\\] +\\[x\\] +\\[get list\\]"), new("create role l -n NS --verb=get --resource=pods/log", "created"),
        new("create rolebinding rb -n NS --role=r --serviceaccount=NS:robot --user=jane --group=devs", "created"), new("get rolebinding rb -n NS -o wide", "rb +Role/r +\\S+ +jane +devs +NS/robot"),
        new("describe rolebinding rb -n NS", "ServiceAccount +robot +NS"), new("create clusterrole cr --verb=get --non-resource-url=/metrics", "created"), new("describe clusterrole cr", "\\[/metrics\\]"),
        new("create clusterrole sum --aggregation-rule=rbac.example.com/sum=true", "created"), new("create clusterrolebinding crb --clusterrole=cr --user=jane", "created"),
    ];

    private static IEnumerable<Step> Policies =>
    [
        new("create quota q -n NS --hard=configmaps=10", "resourcequota/q created"), new("wait quota/q -n NS --for=jsonpath={.status.hard.configmaps}=10 --timeout=30s", "condition met"),
        new("get quota -n NS", "^NAME +AGE +REQUEST +LIMIT\nq +\\S+ +configmaps: 3/10|^NAME +REQUEST +LIMIT +AGE\n"), new("describe quota q -n NS", "Resource +Used +Hard\n-+ +-+ +-+\nconfigmaps +3 +10"),
        new("create pdb p -n NS --selector=app=web --min-available=1", "poddisruptionbudget.policy/p created"), new("get pdb -n NS", "NAME +MIN AVAILABLE +MAX UNAVAILABLE +ALLOWED DISRUPTIO.. +AGE\np +1 +N/A +0 "),
        new("create priorityclass low --value=5 --preemption-policy=Never", "created"), new("get pc low", "low +5 +false +\\S+ +Never"),
    ];

    private static IEnumerable<Step> Services =>
    [
        new("create service clusterip s-a -n NS --tcp=80:80", "service/s-a created"), new("create service nodeport s-b -n NS --tcp=80", "created"), new("create service loadbalancer s-c -n NS --tcp=80", "created"),
        new("create service externalname s-d -n NS --external-name=x.example", "created"),
        new("get svc -n NS", "s-a +ClusterIP +10\\.\\S+ +<none> +80/TCP [\\s\\S]*s-b +NodePort .* 80:3\\d+/TCP [\\s\\S]*s-c +LoadBalancer +10\\.\\S+ +<pending> [\\s\\S]*s-d +ExternalName +<none> +x.example +<none> "),
        new("create ingress i -n NS --rule=foo.com/bar*=s-a:80,tls=cert --class=nginx", "ingress.networking.k8s.io/i created"), new("get ing -n NS", "i +nginx +foo.com +80, 443 "),
        new("describe ing i -n NS", "cert terminates foo.com[\\s\\S]*/bar +s-a:80"),
    ];

    private static IEnumerable<Step> Workloads =>
    [
        new("create deploy d -n NS --image=z:1 --replicas=1 --port=90", "deployment.apps/d created"), new("rollout status deploy/d -n NS --timeout=60s", "successfully rolled out"),
        new("create job j -n NS --image=x:1 -- true", "job.batch/j created"), new("create cronjob c -n NS --image=x:1 '--schedule=*/5 * * * *' -- true", "cronjob.batch/c created"),
        new("create job j2 -n NS --from=cronjob/c", "job.batch/j2 created"), new("get jobs j2 -n NS -o 'jsonpath={.metadata.ownerReferences[0].kind}'", "^CronJob$"),
        new("get cj -n NS", "c +\\*/5 \\* \\* \\* \\* +<none> +False +0 +<none> "),
        new("run r -n NS --image=x:1 --port=80 --expose --labels=q=1 --env=A=B", "service/r created\npod/r created"), new("run r -n NS --image=x:1", "pods \"r\" already exists", 1),
        new("run once -n NS --image=x:1 --restart=Never --command -- true", "pod/once created"), new("wait pod/once -n NS --for=jsonpath={.status.phase}=Succeeded --timeout=60s", "condition met"),
        new("get pod once -n NS", "once +0/1 +Completed +0 "), new("create -n NS -f - --dry-run=client -o name", "persistentvolumeclaim/c", Input: Manifests.Claim),
        new("create -n NS -f -", "created", Input: Manifests.Claim), new("get pvc -n NS", "c +Pending .* slow +"),
    ];
}
