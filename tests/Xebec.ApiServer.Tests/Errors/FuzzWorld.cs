using System.Globalization;
using System.Net;
using Xebec.Api;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.CustomResources;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>
/// What fuzzed requests meet: a custom resource with every feature of its schema, a policy that looks at what they write, some objects to
/// change; and its renewal, which deletes all that they made.
/// </summary>
internal static class FuzzWorld
{
    // The server keeps these itself, or nothing here would finish their deletion.
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "namespaces", "apiservices", "flowschemas", "prioritylevelconfigurations", "clusterroles", "clusterrolebindings", "priorityclasses",
        "customresourcedefinitions",
    };

    private static readonly (string Path, string Body)[] Objects =
    [
        ("/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"seed"},"data":{"k":"v"}}"""),
        ("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"seed"}}"""),
        ("/api/v1/namespaces/default/pods", """{"metadata":{"name":"seed","labels":{"a":"b"}},"spec":{"serviceAccountName":"seed","containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"1"}}}]}}"""),
        ("/apis/apps/v1/namespaces/default/deployments", """{"metadata":{"name":"seed"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}"""),
        ("/apis/fuzz.example.com/v1/namespaces/default/gadgets", """{"apiVersion":"fuzz.example.com/v1","kind":"Gadget","metadata":{"name":"seed"},"spec":{"size":3,"replicas":1,"parts":[{"name":"a","weight":1}]}}"""),
        // The policies warn and refuse nothing, so that what is written still reaches the store.
        ("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", FuzzExpressions.ValidatingPolicy("object.metadata.name.size() > 3")),
        ("/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies", FuzzExpressions.MutatingPolicy("[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'a': 'b'}}]")),
        ("/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings", """{"metadata":{"name":"fuzz-seed"},"spec":{"policyName":"fuzz-seed"}}"""),
        ("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", """{"metadata":{"name":"fuzz-seed"},"spec":{"policyName":"fuzz-seed","validationActions":["Warn"]}}"""),
    ];

    /// <summary>Defines the custom resources, of which the second one's rules change.</summary>
    public static async Task DefineAsync(TestServer server)
    {
        await CronTabs.DefineAsync(server, Definition);
        await CronTabs.DefineAsync(server, Definition.Replace("gadget", "widget", StringComparison.Ordinal).Replace("Gadget", "Widget", StringComparison.Ordinal)
            .Replace("\"gd\"", "\"wd\"", StringComparison.Ordinal));
    }

    /// <summary>Deletes what was made, and makes again what requests are about. The store forgets what was before.</summary>
    public static async Task RenewAsync(TestServer server)
    {
        foreach (var (path, name) in Objects.Select(o => (o.Path, NameIn(o.Body))))
            await server.SendAsync(HttpMethod.Patch, $"{path}/{name}", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        foreach (var resource in BuiltIn.Resources.Where(resource => !Kept.Contains(resource.Plural)))
            await server.SendAsync(HttpMethod.Delete, FuzzSeeds.PathOf(resource) + "?gracePeriodSeconds=0");
        await server.SendAsync(HttpMethod.Delete, "/apis/fuzz.example.com/v1/namespaces/default/gadgets");
        await server.SendAsync(HttpMethod.Delete, "/apis/fuzz.example.com/v1/namespaces/default/widgets");
        await UndefineAsync(server);
        foreach (var (path, body) in Objects)
        {
            var (code, answer) = await server.SendAsync(HttpMethod.Post, path, body);
            Assert.True(code == HttpStatusCode.Created, $"{path}: {answer}");
        }

        var (_, list) = await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        await server.CompactAsync(long.Parse(list.GetObject("metadata")!.GetString("resourceVersion")!, CultureInfo.InvariantCulture));
    }

    private static string NameIn(string body) => ((ObjectValue)Value.Parse(body)).GetObject("metadata")!.GetString("name")!;

    private static async Task UndefineAsync(TestServer server)
    {
        var (_, list) = await server.SendAsync(HttpMethod.Get, CronTabs.DefinitionsPath);
        foreach (var name in list.GetList("items")!.Select(item => item.AsObject()!.GetObject("metadata")!.GetString("name")!))
        {
            if (name is not ("gadgets.fuzz.example.com" or "widgets.fuzz.example.com"))
                await server.SendAsync(HttpMethod.Delete, $"{CronTabs.DefinitionsPath}/{Uri.EscapeDataString(name)}");
        }
    }

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.fuzz.example.com"},"spec":{
          "group":"fuzz.example.com","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","shortNames":["gd"]},
          "versions":[{"name":"v1","served":true,"storage":true,
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
            "selectableFields":[{"jsonPath":".spec.color"}],
            "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"},{"name":"First","type":"string","jsonPath":".spec.parts[0].name"}],
            "schema":{"openAPIV3Schema":{"type":"object","properties":{
              "spec":{"type":"object","required":["size"],
                "x-kubernetes-validations":[{"rule":"self.size < 100","message":"too big"},{"rule":"!has(oldSelf.color) || self.?color.orValue('') == oldSelf.color"},
                  {"rule":"!has(self.parts) || self.parts.all(p, p.weight <= self.size)"}],
                "properties":{
                  "size":{"type":"integer","minimum":1},"replicas":{"type":"integer","default":1,"maximum":1000,"minimum":0},
                  "color":{"type":"string","maxLength":20,"enum":["red","green"],"x-kubernetes-validations":[{"rule":"self.matches('^[a-z]+$')"}]},
                  "port":{"x-kubernetes-int-or-string":true},"when":{"type":"string","format":"date-time"},
                  "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
                  "pod":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true},
                  "tags":{"type":"array","maxItems":9,"items":{"type":"string","maxLength":9},"x-kubernetes-list-type":"set"},
                  "parts":{"type":"array","maxItems":9,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                    "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"weight":{"type":"integer","default":1}}}},
                  "limits":{"type":"object","additionalProperties":{"type":"string","pattern":"^[0-9]+$"}}}},
              "status":{"type":"object","properties":{"replicas":{"type":"integer","maximum":1000,"minimum":0}}}}}}}]}}
        """;
}
