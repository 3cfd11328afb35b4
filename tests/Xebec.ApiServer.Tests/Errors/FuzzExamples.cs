using System.Text;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Requests written by hand: every verb, patch type and media type, subresources, custom resources, what extends the server.</summary>
internal static class FuzzExamples
{
    private const string Gadgets = "/apis/fuzz.example.com/v1/namespaces/default/gadgets";
    private const string Widgets = "/apis/fuzz.example.com/v1/namespaces/default/widgets";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Gadget = """
        {"apiVersion":"fuzz.example.com/v1","kind":"Gadget","metadata":{"name":"g","labels":{"a":"b"}},"spec":{"size":3,"color":"red","port":"http",
        "when":"2026-01-01T00:00:00Z","free":{"x":[1,{"y":null}]},"pod":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}},
        "tags":["a","b"],"parts":[{"name":"a","weight":2},{"name":"b"}],"limits":{"cpu":"1"},"unknown":1}}
        """;

    private static readonly string[] LabelSelectors =
        ["a=b", "a==b,c!=d", "a in (b, c),d notin (e),f,!g", "example.com/a=b", "a>1,b<2", "a in ()", "=", "a=b=c", "x,,y", "\u00e9=\u00e9"];

    private static readonly string[] FieldSelectors =
        ["metadata.name=seed", "metadata.namespace!=default", "spec.color=red", "spec.nodeName=n,status.phase==Pending", "a\\,b=c\\=d", "nothing=1", "metadata.name"];

    public static IReadOnlyList<FuzzRequest> All { get; } =
    [
        Seed("POST", "/api/v1/namespaces/default/configmaps", "application/json", """{"metadata":{"name":"a","labels":{"a":"b"}},"data":{"k":"v"}}"""),
        Seed("POST", "/api/v1/namespaces/default/configmaps", "application/yaml", "metadata:\n  name: b\ndata:\n  k: \"v\"\n  l: |\n    text\n"),
        Seed("POST", "/apis/apps/v1/namespaces/default/deployments", "application/json", """{"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1"}},"ports":[{"containerPort":80}]}]}}}}"""),
        Seed("POST", "/api/v1/namespaces/default/services", "application/json", """{"metadata":{"generateName":"s"},"spec":{"ports":[{"port":80,"targetPort":"http"}],"selector":{"a":"b"}}}"""),
        Seed("PUT", "/api/v1/namespaces/default/configmaps/seed", "application/json", """{"metadata":{"name":"seed","resourceVersion":"1"},"data":{"k":"w"}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/merge-patch+json", """{"data":{"k":null,"m":"n"}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/json-patch+json", """[{"op":"test","path":"/data/k","value":"v"},{"op":"move","from":"/data/k","path":"/data/l"}]"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/strategic-merge-patch+json", """{"metadata":{"labels":{"$patch":"replace","x":"y"},"finalizers":["a/b"],"$setElementOrder/finalizers":["a/b"]}}"""),
        Seed("PATCH", "/api/v1/namespaces/default/configmaps/seed?fieldManager=f&force=true", "application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seed}\ndata: {k: v}\n"),
        Seed("GET", "/api/v1/namespaces/default/configmaps?labelSelector=a%3Db,c!%3Dd&fieldSelector=metadata.name%3Da&limit=1", "", ""),
        Seed("GET", "/api/v1/pods?resourceVersion=1&resourceVersionMatch=NotOlderThan&continue=abc", "", ""),
        Seed("DELETE", "/api/v1/namespaces/default/configmaps/seed?propagationPolicy=Background", "application/json", """{"gracePeriodSeconds":0,"preconditions":{"uid":"x"}}"""),
        Seed("POST", Gadgets, "application/json", Gadget),
        Seed("POST", Gadgets, "application/yaml", "apiVersion: fuzz.example.com/v1\nkind: Gadget\nmetadata: {name: y}\nspec:\n  size: 7\n  port: http\n  tags: [a, b]\n  limits: {cpu: \"1\"}\n"),
        Seed("POST", Widgets + "?fieldValidation=Strict", "application/json", Gadget.Replace("Gadget", "Widget", StringComparison.Ordinal)),
        Seed("PUT", Gadgets + "/seed", "application/json", Gadget.Replace("\"g\"", "\"seed\"", StringComparison.Ordinal)),
        Seed("PATCH", Gadgets + "/seed", "application/merge-patch+json", """{"spec":{"size":5,"color":null,"free":{"a":[1,{"b":2.5}]},"parts":[{"name":"b","weight":2}]}}"""),
        Seed("PATCH", Gadgets + "/seed", "application/json-patch+json", """[{"op":"add","path":"/spec/parts/-","value":{"name":"z"}},{"op":"copy","from":"/spec/size","path":"/spec/port"}]"""),
        Seed("PATCH", Gadgets + "/seed?fieldManager=one", "application/apply-patch+yaml", "apiVersion: fuzz.example.com/v1\nkind: Gadget\nmetadata: {name: seed}\nspec: {size: 4, tags: [x], parts: [{name: a, weight: 2}]}\n"),
        Seed("PATCH", Gadgets + "/seed?fieldManager=two&force=true", "application/apply-patch+yaml", "apiVersion: fuzz.example.com/v1\nkind: Gadget\nmetadata: {name: seed}\nspec: {size: 5, parts: [{name: b}], pod: {apiVersion: v1, kind: Pod}}\n"),
        Seed("PATCH", Gadgets + "/seed/status?fieldManager=three", "application/apply-patch+yaml", "apiVersion: fuzz.example.com/v1\nkind: Gadget\nmetadata: {name: seed}\nstatus: {replicas: 2}\n"),
        Seed("PUT", Gadgets + "/seed/scale", "application/json", """{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"seed","namespace":"default"},"spec":{"replicas":2}}"""),
        Seed("PATCH", Gadgets + "/seed/status", "application/merge-patch+json", """{"status":{"replicas":3}}"""),
        Seed("DELETE", Gadgets + "?labelSelector=a%3Db&dryRun=All", "", ""),
        Seed("GET", Gadgets + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1", "", ""),
        Seed("PATCH", Deployments + "/seed?fieldManager=one", "application/apply-patch+yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: seed}\nspec: {replicas: 2, template: {spec: {containers: [{name: c, env: [{name: A, value: b}]}]}}}\n"),
        Seed("PATCH", Deployments + "/seed/scale", "application/merge-patch+json", """{"spec":{"replicas":2}}"""),
        Seed("PATCH", Deployments + "/seed", "application/strategic-merge-patch+json", """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"},"template":{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"d"}],"containers":[{"name":"d","image":"j","ports":[{"containerPort":80,"$patch":"delete"}]}],"tolerations":[{"key":"a","operator":"Exists"}]}}}}"""),
        Seed("POST", Pods + "/seed/eviction", "application/json", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"seed","namespace":"default"},"deleteOptions":{"dryRun":["All"]}}"""),
        Seed("POST", Pods + "/seed/binding", "application/json", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"seed"},"target":{"apiVersion":"v1","kind":"Node","name":"n"}}"""),
        Seed("PATCH", Pods + "/seed/ephemeralcontainers", "application/strategic-merge-patch+json", """{"spec":{"ephemeralContainers":[{"name":"e","image":"i","targetContainerName":"c"}]}}"""),
        Seed("PATCH", Pods + "/seed/resize", "application/strategic-merge-patch+json", """{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}]}}"""),
        Seed("PATCH", Pods + "/seed/status", "application/strategic-merge-patch+json", """{"status":{"conditions":[{"type":"Ready","status":"True"}],"podIPs":[{"ip":"10.0.0.1"}]}}"""),
        Seed("POST", "/api/v1/namespaces/default/serviceaccounts/seed/token", "application/json", """{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"audiences":["a"],"expirationSeconds":600,"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"seed"}}}"""),
        Seed("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json", """{"spec":{"resourceAttributes":{"verb":"list","resource":"pods","labelSelector":{"requirements":[{"key":"a","operator":"In","values":["b"]}]}}}}"""),
        Seed("POST", "/apis/authentication.k8s.io/v1/tokenreviews", "application/json", """{"spec":{"token":"a.b.c","audiences":["x"]}}"""),
        Seed("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/json", """{"metadata":{"name":"fuzzes.other.example.com"},"spec":{"group":"other.example.com","scope":"Cluster","names":{"plural":"fuzzes","kind":"Fuzz"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"a":{"type":"string","default":"x","pattern":"^a|b$"},"b":{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true}}}}}],"conversion":{"strategy":"None"}}}"""),
        Seed("POST", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", "application/json", """{"metadata":{"name":"fuzz"},"webhooks":[{"name":"a.fuzz.example.com","admissionReviewVersions":["v1"],"sideEffects":"None","failurePolicy":"Ignore","timeoutSeconds":1,"clientConfig":{"service":{"name":"s","namespace":"default","path":"/p","port":1}},"objectSelector":{"matchExpressions":[{"key":"k","operator":"Exists"}]},"rules":[{"apiGroups":["nobody.example.com"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["nothings"],"scope":"Namespaced"}]}]}"""),
        Seed("POST", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", "application/yaml", "metadata:\n  name: fuzz\nspec:\n  matchConstraints:\n    resourceRules:\n    - {apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [pods]}\n  validations:\n  - expression: \"object.spec.containers.all(c, c.image.contains('/'))\"\n"),
        Seed("GET", "/openapi/v2", "", ""),
        Seed("GET", "/openapi/v3/apis/fuzz.example.com/v1?hash=abc", "", ""),
        Seed("GET", "/apis/fuzz.example.com/v1", "", ""),
        Seed("GET", "/api/v1/namespaces/default/pods/seed/log?container=c&tailLines=1&sinceSeconds=2&limitBytes=3", "", ""),
        Seed("GET", "/metrics", "", ""),
    ];

    /// <summary>A read with selectors and the other options of lists, each perhaps damaged and encoded again.</summary>
    public static FuzzRequest Selection(Random random)
    {
        var path = new[] { Gadgets, Pods, Deployments, "/api/v1/configmaps", "/api/v1/namespaces" }[random.Next(5)];
        var query = new StringBuilder("?x=y");
        Add(query, random, "labelSelector", LabelSelectors[random.Next(LabelSelectors.Length)]);
        Add(query, random, "fieldSelector", FieldSelectors[random.Next(FieldSelectors.Length)]);
        Add(query, random, "limit", "2");
        Add(query, random, "resourceVersion", "1");
        Add(query, random, "resourceVersionMatch", random.Next(2) == 0 ? "Exact" : "NotOlderThan");
        Add(query, random, "continue", "eyJydiI6MSwic3RhcnQiOiJhIn0");
        Add(query, random, "timeoutSeconds", "1");
        Add(query, random, "pretty", "true");
        Add(query, random, "watch", "0");
        return random.Next(8) == 0 ? Seed("DELETE", path + query + "&dryRun=All", "", "") : Seed("GET", path + query, "", "");
    }

    private static void Add(StringBuilder query, Random random, string name, string value)
    {
        if (random.Next(3) == 0)
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(FuzzExpressions.Mutate(value, random)));
    }

    private static FuzzRequest Seed(string method, string path, string type, string body) =>
        new(method, path, type, Encoding.UTF8.GetBytes(body));
}
