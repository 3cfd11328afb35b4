using System.Net;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Policies.PolicyCluster;

namespace Xebec.ApiServer.Tests.Admission.Policies;

public sealed class MutatingPolicyTests
{
    private const string Pods = """{"resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"]}]}""";

    [Fact]
    public async Task A_configuration_is_merged_as_an_apply_would()
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync($$$$"""
            {"matchConstraints":{{{{Pods}}}},"reinvocationPolicy":"Never","mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":
             "Object{metadata: Object.metadata{labels: {'made': 'yes'}}, spec: Object.spec{containers: [Object.spec.containers{name: 'side', image: 'busybox'}, Object.spec.containers{name: 'main', imagePullPolicy: 'Never'}]}}"}}]}
            """);
        var (code, created) = await CreatePodAsync(cluster);
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        Assert.Equal("yes", created.GetObject("metadata")!.GetObject("labels")!.GetString("made"));
        Assert.Equal("kept", created.GetObject("metadata")!.GetObject("labels")!.GetString("own"));
        var containers = created.GetObject("spec")!.GetList("containers")!.Select(c => c.AsObject()!).ToDictionary(c => c.GetString("name")!);
        Assert.Equal(("nginx", "Never"), (containers["main"].GetString("image"), containers["main"].GetString("imagePullPolicy")));
        Assert.Equal(("busybox", "Always"), (containers["side"].GetString("image"), containers["side"].GetString("imagePullPolicy")));
    }

    [Fact]
    public async Task A_patch_is_a_list_of_operations()
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync($$$$"""
            {"matchConstraints":{{{{ConfigMaps}}}},"reinvocationPolicy":"Never","variables":[{"name":"was","expression":"object.data.a"}],
             "mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":
             "[JSONPatch{op: 'test', path: '/data/a', value: 'b'}, JSONPatch{op: 'replace', path: '/data/a', value: variables.was + '!'}, JSONPatch{op: 'add', path: '/metadata/labels', value: {'k': 'v'}}]"}}]}
            """);
        var (code, created) = await cluster.CreateConfigMapAsync("one", """{"a":"b"}""");
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        Assert.Equal("b!", created.GetObject("data")!.GetString("a"));
        Assert.Equal("v", created.GetObject("metadata")!.GetObject("labels")!.GetString("k"));
    }

    [Fact]
    public async Task Policies_run_by_name_and_see_each_other()
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync(Append("2"), "second");
        await cluster.MutateAsync(Append("1"), "first");
        var (_, created) = await cluster.CreateConfigMapAsync("one", """{"a":"0"}""");
        Assert.Equal("012", created.GetObject("data")!.GetString("a"));
    }

    [Fact]
    public async Task Who_asks_to_see_it_again_sees_what_later_ones_changed()
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync(Append("1", "IfNeeded"), "first");
        await cluster.MutateAsync(Append("2"), "second");
        var (_, created) = await cluster.CreateConfigMapAsync("one", """{"a":"0"}""");
        Assert.Equal("0121", created.GetObject("data")!.GetString("a"));
    }

    [Fact]
    public async Task Params_and_match_conditions_apply()
    {
        await using var cluster = await StartAsync();
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"text","labels":{"text":"from-param"}}}""");
        await cluster.MutateAsync($$$$"""
            {"paramKind":{"apiVersion":"v1","kind":"Secret"},"matchConstraints":{{{{ConfigMaps}}}},"reinvocationPolicy":"Never",
             "matchConditions":[{"name":"named","expression":"object.metadata.name == 'one'"}],
             "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{data: {'a': params.metadata.labels.text}}"}}]}
            """, binding: ""","paramRef":{"name":"text","parameterNotFoundAction":"Deny"}""");
        Assert.Equal("from-param", (await cluster.CreateConfigMapAsync("one")).Body.GetObject("data")!.GetString("a"));
        Assert.Null((await cluster.CreateConfigMapAsync("two", """{"b":"c"}""")).Body.GetObject("data")!.GetString("a"));
    }

    [Theory]
    [InlineData("Fail", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Ignore", HttpStatusCode.Created)]
    public async Task What_can_not_be_evaluated_goes_by_the_failure_policy(string policy, HttpStatusCode expected)
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync($$$$"""
            {"matchConstraints":{{{{ConfigMaps}}}},"reinvocationPolicy":"Never","failurePolicy":"{{{{policy}}}}",
             "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{data: {'a': object.nothing}}"}}]}
            """);
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.Equal(expected, code);
        if (policy == "Fail")
            Assert.Contains("policy 'change' with binding 'change-binding' denied request: ", body.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fail", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Ignore", HttpStatusCode.Created)]
    public async Task A_part_in_the_wrong_place_goes_by_the_failure_policy(string policy, HttpStatusCode expected)
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync($$$$"""
            {"matchConstraints":{{{{ConfigMaps}}}},"reinvocationPolicy":"Never","failurePolicy":"{{{{policy}}}}",
             "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{metadata: Object.meta{labels: {'a': 'b'}}}"}}]}
            """);
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.True(code == expected, body.ToString());
        if (policy == "Fail")
            Assert.Contains("type mismatch: unexpected type name \"Object.meta\", expected \"Object.metadata\"", body.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_policy_changed_is_validated()
    {
        await using var cluster = await StartAsync();
        await cluster.MutateAsync($$$$"""
            {"matchConstraints":{{{{Pods}}}},"reinvocationPolicy":"Never",
             "mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":"[JSONPatch{op: 'replace', path: '/spec/restartPolicy', value: 'Sometimes'}]"}}]}
            """);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CreatePodAsync(cluster)).Code);
    }

    private static string Append(string text, string reinvocation = "Never") => $$$$"""
        {"matchConstraints":{{{{ConfigMaps}}}},"reinvocationPolicy":"{{{{reinvocation}}}}",
         "mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":"[JSONPatch{op: 'replace', path: '/data/a', value: object.data.a + '{{{{text}}}}'}]"}}]}
        """;

    private static Task<(HttpStatusCode Code, ApiMachinery.Values.ObjectValue Body)> CreatePodAsync(PolicyCluster cluster) => cluster.SendAsync(
        HttpMethod.Post, "/api/v1/namespaces/default/pods",
        """{"metadata":{"name":"p","labels":{"own":"kept"}},"spec":{"containers":[{"name":"main","image":"nginx"}]}}""");
}
