using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Conformance;

namespace Xebec.ApiServer.Tests.Registry.Core;

/// <summary>Which addresses, families and node ports a Service gets on a cluster of IPv4, and how what it cannot have is refused.</summary>
public sealed class ServiceAddressTests(KindServer fixture) : IClassFixture<KindServer>
{
    private const string Port = """{"port":80,"protocol":"TCP","targetPort":80}""";

    [Theory]
    [InlineData("""{"ports":[{"port":80}]}""", "SingleStack", "[\"IPv4\"]")]
    [InlineData("""{"ports":[{"port":80}],"ipFamilyPolicy":"PreferDualStack"}""", "PreferDualStack", "[\"IPv4\"]")]
    [InlineData("""{"clusterIP":"None","selector":{"a":"b"}}""", "SingleStack", "[\"IPv4\"]")]
    [InlineData("""{"clusterIP":"None"}""", "RequireDualStack", "[\"IPv4\",\"IPv6\"]")]
    [InlineData("""{"clusterIP":"None","ipFamilies":["IPv6"]}""", "RequireDualStack", "[\"IPv6\",\"IPv4\"]")]
    [InlineData("""{"clusterIP":"None","ipFamilyPolicy":"SingleStack"}""", "SingleStack", "[\"IPv4\"]")]
    [InlineData("""{"clusterIP":"None","ipFamilyPolicy":"PreferDualStack"}""", "PreferDualStack", "[\"IPv4\",\"IPv6\"]")]
    public async Task Families_are_settled(string spec, string policy, string families)
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var created = (await CreateAsync(services, spec)).GetObject("spec")!;
        Assert.Equal((policy, families), (created.GetString("ipFamilyPolicy"), created["ipFamilies"]!.ToString()));
        Assert.Equal($"[\"{created.GetString("clusterIP")}\"]", created["clusterIPs"]!.ToString());
    }

    [Theory]
    [InlineData(
        """{"ports":[{"port":80}],"ipFamilyPolicy":"RequireDualStack"}""",
        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services")]
    [InlineData("""{"ports":[{"port":80}],"ipFamilies":["IPv6"]}""", "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData(
        """{"ports":[{"port":80}],"clusterIP":"fd00::1"}""", "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster")]
    [InlineData(
        """{"ports":[{"port":80}],"ipFamilies":["IPv4","IPv6"]}""",
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified")]
    [InlineData(
        """{"ports":[{"port":80}],"clusterIPs":["10.96.0.77"]}""",
        "spec.clusterIPs: Invalid value: [\"10.96.0.77\"]: must be empty when `clusterIP` is not specified")]
    [InlineData(
        """{"ports":[{"port":80}],"clusterIP":"192.0.2.1"}""",
        "spec.clusterIPs: Invalid value: [\"192.0.2.1\"]: failed to allocate IP 192.0.2.1: the provided network does not match the current range")]
    [InlineData(
        """{"type":"ExternalName","externalName":"a.b","clusterIP":"10.96.0.1"}""", "spec.clusterIPs: Forbidden: may not be set for ExternalName services")]
    [InlineData("""{"ports":[{"port":80,"nodePort":30000}]}""", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData(
        """{"type":"NodePort","ports":[{"port":80,"nodePort":99}]}""",
        "spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767")]
    public async Task What_cannot_be_had_is_refused(string spec, string message)
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var sent = Sent(services, spec);
        var answer = await services.FailAsync(422, "Invalid", HttpMethod.Post, services.Path, sent.ToString());
        Assert.Equal($"Service \"{KindClient.NameOf(sent)}\" is invalid: {message}", answer.GetString("message"));
    }

    [Fact]
    public async Task A_refused_service_gives_nothing_of_others_back()
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var held = (await CreateAsync(services, $$"""{"type":"NodePort","ports":[{{Port}}]}""")).GetObject("spec")!;
        var other = await CreateAsync(services, $$"""{"ports":[{{Port}}]}""");
        var address = held.GetString("clusterIP")!;
        var port = NodePort(held, 0);
        var named = $$"""{"type":"ExternalName","externalName":"a.b","clusterIP":"{{address}}"}""";
        await services.FailAsync(422, "Invalid", HttpMethod.Post, services.Path, Sent(services, named).ToString());
        var moved = $$"""{"spec":{"clusterIP":"{{address}}","clusterIPs":["{{address}}"] } }""";
        await services.FailAsync(422, "Invalid", HttpMethod.Patch, services.PathOf(other), moved, "application/merge-patch+json");
        await services.FailAsync(422, "Invalid", HttpMethod.Post, services.Path, Sent(services, $$"""{"ports":[{"port":80,"nodePort":{{port}}}]}""").ToString());
        var again = await services.FailAsync(
            422, "Invalid", HttpMethod.Post, services.Path, Sent(services, $$"""{"clusterIP":"{{address}}","ports":[{{Port}}]}""").ToString());
        Assert.Contains("provided IP is already allocated", again.GetString("message"), StringComparison.Ordinal);
        again = await services.FailAsync(
            422, "Invalid", HttpMethod.Post, services.Path, Sent(services, $$"""{"type":"NodePort","ports":[{"port":80,"nodePort":{{port}}}]}""").ToString());
        Assert.Contains("provided port is already allocated", again.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_of_one_number_share_a_node_port()
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        const string Both = """{"type":"NodePort","ports":[{"name":"t","port":53},{"name":"u","port":53,"protocol":"UDP"},{"name":"o","port":54}]}""";
        var spec = (await CreateAsync(services, Both)).GetObject("spec")!;
        Assert.Equal(NodePort(spec, 0), NodePort(spec, 1));
        Assert.NotEqual(NodePort(spec, 0), NodePort(spec, 2));
        var taken = Sent(services, $$"""{"type":"NodePort","ports":[{"port":80,"protocol":"SCTP","nodePort":{{NodePort(spec, 0)}}}]}""");
        await services.FailAsync(422, "Invalid", HttpMethod.Post, services.Path, taken.ToString());
    }

    [Fact]
    public async Task An_update_keeps_what_it_leaves_out()
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var created = await CreateAsync(services, """{"type":"NodePort","ports":[{"name":"a","port":80}]}""");
        var sent = (ObjectValue)created.DeepClone();
        sent["spec"] = Value.Parse("""{"type":"NodePort","ports":[{"name":"a","port":81}]}""");
        var updated = (await services.OkAsync(HttpMethod.Put, services.PathOf(created), sent.ToString())).GetObject("spec")!;
        var before = created.GetObject("spec")!;
        Assert.Equal(before["clusterIPs"]!.ToString(), updated["clusterIPs"]!.ToString());
        Assert.Equal(NodePort(before, 0), NodePort(updated, 0));
        const string Cluster = """{"spec":{"type":"ClusterIP"}}""";
        var changed = (await services.PatchAsync(created, Cluster)).GetObject("spec")!;
        Assert.Equal((0, null), (NodePort(changed, 0), changed.GetString("externalTrafficPolicy")));
        Assert.Equal(before.GetString("clusterIP"), changed.GetString("clusterIP"));
    }

    [Fact]
    public async Task A_balancer_of_local_traffic_gets_a_health_check_port()
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        const string Local = """
            {"type":"LoadBalancer","externalTrafficPolicy":"Local","allocateLoadBalancerNodePorts":false,
             "ports":[{"name":"a","port":80},{"name":"b","port":81,"nodePort":31999}]}
            """;
        var created = await CreateAsync(services, Local);
        var spec = created.GetObject("spec")!;
        Assert.InRange(spec["healthCheckNodePort"]!.AsInt64()!.Value, 30000, 32767);
        Assert.Equal((0, 31999), (NodePort(spec, 0), NodePort(spec, 1)));
        var changed = await services.PatchAsync(created, """{"spec":{"externalTrafficPolicy":"Cluster"}}""");
        Assert.Null(changed.GetObject("spec")!["healthCheckNodePort"]);
    }

    private static long NodePort(ObjectValue spec, int position) => spec.GetList("ports")![position].AsObject()!["nodePort"]?.AsInt64() ?? 0;

    private static ObjectValue Sent(KindClient services, string spec)
    {
        var sent = services.NewObject();
        sent["spec"] = Value.Parse(spec);
        return sent;
    }

    private static Task<ObjectValue> CreateAsync(KindClient services, string spec) =>
        services.OkAsync(HttpMethod.Post, services.Path, Sent(services, spec).ToString(), code: HttpStatusCode.Created);
}
