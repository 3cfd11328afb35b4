using System.Net;
using System.Reflection;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources.Operators;

/// <summary>Definitions in the style of well-known operators: they are accepted, served, default, validate and print.</summary>
public sealed class OperatorDefinitionsTests
{
    private const string Routes = "/apis/gateway.example.org/v1/namespaces/default/httproutes";
    private const string Gateways = "/apis/gateway.example.org/v1/namespaces/default/gateways";

    [Theory]
    [InlineData("httproutes")]
    [InlineData("gateways")]
    [InlineData("certificates")]
    [InlineData("prometheuses")]
    [InlineData("applications")]
    public async Task They_are_established_and_published(string name)
    {
        await using var server = await StartAsync(name);
        var (_, openApi) = await server.SendAsync(HttpMethod.Get, "/openapi/v2");
        var (_, groups) = await server.SendAsync(HttpMethod.Get, "/apis");
        var group = groups.GetList("groups")!.Select(g => g.AsObject()!.GetString("name")!).Single(g => g.EndsWith(".example.org", StringComparison.Ordinal));
        Assert.Contains(openApi.GetObject("paths")!, p => p.Key.StartsWith($"/apis/{group}/", StringComparison.Ordinal) && p.Key.EndsWith("/" + name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_gets_its_nested_defaults()
    {
        await using var server = await StartAsync("httproutes");
        var (code, body) = await server.SendAsync(HttpMethod.Post, Routes, Route("""
            {"parentRefs":[{"name":"gw"}],"rules":[{"backendRefs":[{"name":"svc","port":80}]},{"matches":[{"headers":[{"name":"a","value":"b"}]}]}]}
            """));
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        Assert.Equal(
            """{"parentRefs":[{"group":"gateway.example.org","kind":"Gateway","name":"gw"}],"rules":[{"backendRefs":[{"group":"","kind":"Service","name":"svc","port":80,"weight":1}],"matches":[{"path":{"type":"PathPrefix","value":"/"}}]},{"matches":[{"headers":[{"name":"a","type":"Exact","value":"b"}],"path":{"type":"PathPrefix","value":"/"}}]}]}""",
            body["spec"]!.ToString());
    }

    [Theory]
    [InlineData("""{"parentRefs":[{"name":"gw"},{"name":"gw","sectionName":"a"}]}""", "spec.parentRefs: Invalid value: \"array\": sectionName must be specified when parentRefs includes 2 or more references to the same parent")]
    [InlineData("""{"parentRefs":[{"name":"gw","sectionName":"a"},{"name":"gw","sectionName":"a"}]}""", "spec.parentRefs: Invalid value: \"array\": sectionName must be unique when parentRefs includes 2 or more references to the same parent")]
    [InlineData("""{"parentRefs":[{"name":"gw","sectionName":"a"},{"name":"gw","namespace":"x","sectionName":"a"}]}""", null)]
    [InlineData("""{"rules":[{"matches":[{"path":{"value":"x"}}]}]}""", "spec.rules[0].matches[0].path: Invalid value: \"object\": value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']")]
    [InlineData("""{"rules":[{"matches":[{"path":{"value":"/a//b"}}]}]}""", "spec.rules[0].matches[0].path: Invalid value: \"object\": must not contain '//' when type one of ['Exact', 'PathPrefix']")]
    [InlineData("""{"rules":[{"matches":[{"path":{"value":"/a|b"}}]}]}""", "spec.rules[0].matches[0].path: Invalid value: \"object\": must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']")]
    [InlineData("""{"rules":[{"matches":[{"path":{"type":"RegularExpression","value":"a|b"}}]}]}""", null)]
    [InlineData("""{"rules":[{"backendRefs":[{"name":"svc"}]}]}""", "spec.rules[0].backendRefs[0]: Invalid value: \"object\": Must have port for Service reference")]
    [InlineData("""{"rules":[{"timeouts":{"request":"1s","backendRequest":"2s"}}]}""", "spec.rules[0].timeouts: Invalid value: \"object\": backendRequest timeout cannot be longer than request timeout")]
    [InlineData("""{"rules":[{"timeouts":{"request":"0s","backendRequest":"2s"}}]}""", null)]
    [InlineData("""{"rules":[{"filters":[{"type":"RequestRedirect","requestRedirect":{"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/x"}}}],"matches":[{"path":{"type":"Exact","value":"/a"}}]}]}""", "spec.rules[0]: Invalid value: \"object\": When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified")]
    [InlineData("""{"rules":[{"filters":[{"type":"RequestRedirect"},{"type":"URLRewrite"}]}]}""", "spec.rules[0].filters: Invalid value: \"array\": May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite but not both")]
    [InlineData("""{"rules":[{"name":"a"},{"name":"a"}]}""", "spec.rules: Invalid value: \"array\": Rule name must be unique within the route")]
    [InlineData("""{"rules":[{"matches":[{"headers":[{"name":"a","value":"1"},{"name":"a","value":"2"}]}]}]}""", "spec.rules[0].matches[0].headers[1]: Duplicate value: {\"name\":\"a\"}")]
    public async Task The_rules_of_routes_hold(string spec, string? message)
    {
        await using var server = await StartAsync("httproutes");
        await CheckAsync(server, Routes, Route(spec), "HTTPRoute", message);
    }

    [Theory]
    [InlineData("""{"gatewayClassName":"x","listeners":[{"name":"a","port":80,"protocol":"HTTP","tls":{"options":{"a":"b"}}}]}""", "spec.listeners: Invalid value: \"array\": tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']")]
    [InlineData("""{"gatewayClassName":"x","listeners":[{"name":"a","port":80,"protocol":"HTTP"},{"name":"b","port":80,"protocol":"HTTP"}]}""", "spec.listeners: Invalid value: \"array\": Combination of port, protocol and hostname must be unique for each listener")]
    [InlineData("""{"gatewayClassName":"x","listeners":[{"name":"a","port":443,"protocol":"HTTPS","tls":{"mode":"Passthrough"}}]}""", "spec.listeners: Invalid value: \"array\": tls mode must be Terminate for protocol HTTPS")]
    [InlineData("""{"gatewayClassName":"x","listeners":[{"name":"a","port":443,"protocol":"HTTPS","tls":{}}]}""", "spec.listeners[0].tls: Invalid value: \"object\": certificateRefs or options must be specified when mode is Terminate")]
    [InlineData("""{"gatewayClassName":"x","listeners":[{"name":"a","port":80,"protocol":"HTTP","hostname":"a"},{"name":"b","port":80,"protocol":"HTTP","hostname":"b"}]}""", null)]
    [InlineData("""{"gatewayClassName":"x","addresses":[{"value":"1.2.3.4"},{"value":"1.2.3.4"}],"listeners":[{"name":"a","port":1,"protocol":"TCP"}]}""", "spec.addresses: Invalid value: \"array\": IPAddress values must be unique")]
    [InlineData("""{"gatewayClassName":"x","addresses":[{"type":"Hostname","value":"*.a_b"}],"listeners":[{"name":"a","port":1,"protocol":"TCP"}]}""", "spec.addresses[0]: Invalid value: \"object\": Hostname value must be empty or contain only valid characters")]
    [InlineData("""{"gatewayClassName":"x","addresses":[{"type":"Hostname","value":"*.a.b"},{"value":"::1"}],"listeners":[{"name":"a","port":1,"protocol":"TCP"}]}""", null)]
    public async Task The_rules_of_gateways_hold(string spec, string? message)
    {
        await using var server = await StartAsync("gateways");
        await CheckAsync(server, Gateways, Object("gateway.example.org/v1", "Gateway", spec), "Gateway", message);
    }

    [Fact]
    public async Task A_certificate_is_selected_by_its_issuer_and_printed()
    {
        await using var server = await StartAsync("certificates");
        const string Path = "/apis/certs.example.org/v1/namespaces/default/certificates";
        foreach (var issuer in new[] { "a", "b" })
        {
            var certificate = Object("certs.example.org/v1", "Certificate", $$"""{"secretName":"s","solver":{"any":{"thing":1} },"issuerRef":{"x":1,"name":"{{issuer}}"} }""", issuer);
            Assert.Equal(HttpStatusCode.Created, (await server.SendAsync(HttpMethod.Post, Path, certificate)).Code);
        }

        var (_, patched) = await server.SendAsync(
            HttpMethod.Patch, Path + "/b/status", """{"status":{"revision":7,"conditions":[{"type":"Issuing","status":"False"},{"type":"Ready","status":"True"}]}}""",
            "application/merge-patch+json");
        Assert.Equal("""{"issuerRef":{"name":"b"},"secretName":"s","solver":{"any":{"thing":1}}}""", patched["spec"]!.ToString());
        var (_, table) = await server.SendAsync(
            HttpMethod.Get, Path + "?fieldSelector=spec.issuerRef.name%3Db", accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        var row = Assert.Single(table.GetList("rows")!).AsObject()!.GetList("cells")!;
        Assert.Equal("""["b","True","s","b",7,"0s"]""", row.ToString());
    }

    [Fact]
    public async Task A_monitor_takes_numbers_or_text_and_is_scaled()
    {
        await using var server = await StartAsync("prometheuses");
        const string Path = "/apis/monitoring.example.org/v1/namespaces/default/prometheuses";
        var (code, body) = await server.SendAsync(HttpMethod.Post, Path, Object("monitoring.example.org/v1", "Prometheus", """
            {"replicas":2,"shards":1,"resources":{"limits":{"cpu":2,"memory":"1Gi"}},"targetPort":"web",
             "containers":[{"name":"c","ports":[{"containerPort":1},{"containerPort":1,"protocol":"UDP"}]}],
             "storage":{"volumeClaimTemplate":{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"x","labels":{"a":"b"},"nope":1}}}}
            """));
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        Assert.Equal("30s", body.GetObject("spec")!.GetString("scrapeInterval"));
        Assert.Equal("TCP", body.GetObject("spec")!.GetList("containers")![0].AsObject()!.GetList("ports")![0].AsObject()!.GetString("protocol"));
        Assert.Equal("""{"labels":{"a":"b"},"name":"x"}""", body.GetObject("spec")!.GetObject("storage")!.GetObject("volumeClaimTemplate")!["metadata"]!.ToString());
        (code, body) = await server.SendAsync(HttpMethod.Patch, Path + "/one/scale", """{"spec":{"replicas":60}}""", "application/merge-patch+json");
        Assert.EndsWith("spec: Invalid value: \"object\": too many pods", CronTabs.Message(body), StringComparison.Ordinal);
        (code, body) = await server.SendAsync(HttpMethod.Patch, Path + "/one/scale", """{"spec":{"replicas":3}}""", "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        (_, body) = await server.SendAsync(HttpMethod.Patch, Path + "/one", """{"spec":{"resources":{"limits":{"cpu":"2x"}}}}""", "application/merge-patch+json");
        Assert.Contains("spec.resources.limits.cpu in body should match", CronTabs.Message(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_keeps_its_free_values_and_its_status_is_anybodys()
    {
        await using var server = await StartAsync("applications");
        const string Path = "/apis/apps.example.org/v1alpha1/namespaces/default/applications";
        var application = """
            {"apiVersion":"apps.example.org/v1alpha1","kind":"Application","metadata":{"name":"one"},"operation":{"initiatedBy":{"username":"me","x":1}},
             "spec":{"project":"default","destination":{"server":"s"},"source":{"repoURL":"r","helm":{"valuesObject":{"a":{"b":[1,{"c":null}]}}},
             "kustomize":{"replicas":[{"name":"n","count":"2"},{"name":"m","count":3}]}}},"status":{"sync":{"status":"Synced"}}}
            """;
        var (code, body) = await server.SendAsync(HttpMethod.Post, Path, application);
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        Assert.Equal("""{"initiatedBy":{"username":"me"}}""", body["operation"]!.ToString());
        Assert.Equal("""{"a":{"b":[1,{"c":null}]}}""", body.GetObject("spec")!.GetObject("source")!.GetObject("helm")!["valuesObject"]!.ToString());
        Assert.Equal("Synced", body.GetObject("status")!.GetObject("sync")!.GetString("status"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, Path + "/one/status")).Code);
    }

    private static async Task CheckAsync(TestServer server, string path, string item, string kind, string? message)
    {
        var (code, body) = await server.SendAsync(HttpMethod.Post, path, item);
        if (message is null)
            Assert.True(code == HttpStatusCode.Created, body.ToString());
        else
            Assert.Equal($"{kind}.gateway.example.org \"one\" is invalid: {message}", CronTabs.Message(body));
    }

    private static string Route(string spec) => Object("gateway.example.org/v1", "HTTPRoute", spec);

    private static string Object(string apiVersion, string kind, string spec, string name = "one") =>
        $$$"""{"apiVersion":"{{{apiVersion}}}","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}} }""";

    private static async Task<TestServer> StartAsync(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Operators/{name}.yaml")!;
        using var reader = new StreamReader(stream);
        var server = await TestServer.StartAsync();
        var (code, body) = await server.SendAsync(HttpMethod.Post, CronTabs.DefinitionsPath, await reader.ReadToEndAsync(), "application/yaml");
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        await CronTabs.WaitAsync(server, body.GetObject("metadata")!.GetString("name")!, item => CronTabs.HasCondition(item, "Established"));
        return server;
    }
}
