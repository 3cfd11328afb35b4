using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.Tests.Webhooks;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Webhooks that say who somebody is and what they may do.</summary>
public sealed class WebhookAccessTests
{
    private static readonly UserInfo Jane = new("jane", "dev", "system:authenticated");

    [Fact]
    public async Task A_webhook_says_whose_a_token_is_and_its_answer_counts_for_a_while()
    {
        await using var webhook = await WebhookServer.StartAsync();
        webhook.On("/", review => Answer(review, review.GetObject("spec")!.GetString("token") == "good"
            ? """{"authenticated":true,"user":{"username":"joe","uid":"7","groups":["dev"],"extra":{"k":["v"]}}}"""
            : """{"authenticated":false}"""));
        await using var server = await ListeningServer.StartAsync((folder, options) => options with
        {
            Authentication = new() { TokenWebhookConfigFile = Kubeconfig(folder, webhook) },
        });
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(
                """{"username":"joe","uid":"7","groups":["dev","system:authenticated"],"extra":{"k":["v"]}}""", (await server.WhoAmIAsync("good"))?.ToString());
            Assert.Null(await server.WhoAmIAsync("bad"));
        }

        Assert.Equal(2, webhook.Received.Count);
        Assert.Equal("""["https://kubernetes.default.svc.cluster.local"]""", webhook.Received.First().GetObject("spec")!["audiences"]!.ToString());
        server.Server.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await server.WhoAmIAsync("good"));
        Assert.Equal(3, webhook.Received.Count);
    }

    [Fact]
    public async Task A_webhook_is_asked_after_RBAC_and_its_answers_are_remembered()
    {
        await using var webhook = await WebhookServer.StartAsync();
        webhook.On("/", review => Answer(review, review.GetObject("spec")!.GetObject("resourceAttributes")?.GetString("resource") == "pods"
            ? """{"allowed":true,"reason":"by the book"}"""
            : """{"allowed":false,"reason":"not in the book"}"""));
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions
        {
            Authorization = new() { Modes = ["RBAC", "Webhook"], WebhookConfigFile = Kubeconfig(folder, webhook) },
        });
        using var jane = server.As(Jane);
        const string Pods = "/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName%3Dn&labelSelector=a%3Db,!c";
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(jane, HttpMethod.Get, Pods)).Code);
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(jane, HttpMethod.Get, Pods)).Code);
        var (code, status) = await TestServer.SendAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/secrets");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.EndsWith("in the namespace \"default\": not in the book", status.GetString("message"), StringComparison.Ordinal);
        Assert.Equal(2, webhook.Received.Count);
        Assert.Equal(
            """{"resourceAttributes":{"namespace":"default","verb":"list","version":"v1","resource":"pods","fieldSelector":{"requirements":[{"key":"spec.nodeName","operator":"In","values":["n"]}]},"labelSelector":{"requirements":[{"key":"a","operator":"In","values":["b"]},{"key":"c","operator":"DoesNotExist"}]}},"user":"jane","groups":["dev","system:authenticated"]}""",
            webhook.Received.First().GetObject("spec")!.ToString());
        var (_, rules) = await TestServer.SendAsync(
            jane, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""");
        Assert.True(rules.GetObject("status")!["incomplete"]!.AsBool());
        Assert.Equal("webhook authorizer does not support user rule resolution", rules.GetObject("status")!.GetString("evaluationError"));
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await TestServer.SendAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/secrets");
        await TestServer.SendAsync(jane, HttpMethod.Get, Pods);
        Assert.Equal(3, webhook.Received.Count);
    }

    [Fact]
    public async Task A_denial_ends_the_asking_and_conditions_say_when_to_ask()
    {
        await using var webhook = await WebhookServer.StartAsync();
        webhook.On("/", review => Answer(review, """{"allowed":false,"denied":true,"reason":"never"}"""));
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, webhook, "NoOpinion", "has(request.resourceAttributes) && request.resourceAttributes.resource == 'secrets'");
        using var master = await AdministratorAsync(server);
        var (code, status) = await TestServer.SendAsync(master, HttpMethod.Get, "/api/v1/namespaces/default/secrets");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.EndsWith(": never", status.GetString("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(master, HttpMethod.Get, "/api/v1/namespaces/default/pods")).Code);
        Assert.Single(webhook.Received);
        var (_, review) = await TestServer.SendAsync(
            master, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """{"spec":{"resourceAttributes":{"verb":"get","resource":"secrets"}}}""");
        Assert.Equal("""{"allowed":false,"denied":true,"reason":"never"}""", review["status"]!.ToString());
    }

    [Fact]
    public async Task Masters_pass_in_every_mode()
    {
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { Authorization = new() { Modes = ["AlwaysDeny"] } });
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/pods")).Code);
        using var jane = server.As(Jane);
        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.SendAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/pods")).Code);
    }

    // By a role: the masters' group is not even asked about.
    private static async Task<HttpClient> AdministratorAsync(TestServer server)
    {
        var (code, _) = await server.SendAsync(
            HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            """
            {"metadata":{"name":"root"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
            "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"root"}]}
            """);
        Assert.Equal(HttpStatusCode.Created, code);
        return server.As(new UserInfo("root", "system:authenticated"));
    }

    [Theory]
    [InlineData("NoOpinion", HttpStatusCode.OK)]
    [InlineData("Deny", HttpStatusCode.Forbidden)]
    public async Task The_failure_policy_says_what_counts_when_a_webhook_can_not_be_asked(string policy, HttpStatusCode expected)
    {
        await using var webhook = await WebhookServer.StartAsync();
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, webhook, policy, "true");
        using var master = await AdministratorAsync(server);
        Assert.Equal(expected, (await TestServer.SendAsync(master, HttpMethod.Get, "/api/v1/namespaces/default/pods")).Code);
    }

    [Theory]
    [InlineData("authorizers: []", "at least one authorization mode must be defined")]
    [InlineData("authorizers: [{type: Magic, name: m}]", "authorizers[0].type: \"Magic\": supported values")]
    [InlineData("authorizers: [{type: RBAC, name: a}, {type: RBAC, name: b}]", "\"RBAC\" may be there only once")]
    [InlineData("authorizers: [{type: Webhook, name: w}]", "authorizers[0].webhook: is required for type Webhook")]
    [InlineData("authorizers: [{type: Webhook, name: w, webhook: {connectionInfo: {type: KubeConfigFile, kubeConfigFile: x}}}]", "failurePolicy")]
    public void A_wrong_file_is_refused_by_name(string yaml, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("authorization.yaml", $"apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n{yaml}");
        var refused = Assert.Throws<ConfigurationException>(() => AuthorizerEntry.Read(new AuthorizationOptions { ConfigFile = path }));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(TemporaryFolder folder, WebhookServer webhook, string failurePolicy, string condition) =>
        TestServer.StartAsync(new KubeApiServerOptions
        {
            Authorization = new()
            {
                ConfigFile = folder.Write("authorization.yaml", $$"""
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: AuthorizationConfiguration
                    authorizers:
                    - type: Webhook
                      name: first
                      webhook:
                        timeout: 3s
                        failurePolicy: {{failurePolicy}}
                        subjectAccessReviewVersion: v1
                        matchConditionSubjectAccessReviewVersion: v1
                        connectionInfo: {type: KubeConfigFile, kubeConfigFile: {{Kubeconfig(folder, webhook)}}}
                        matchConditions: [{expression: "{{condition}}"}]
                    - {type: Node, name: node}
                    - {type: RBAC, name: rbac}
                    """),
            },
        });

    private static ObjectValue Answer(ObjectValue review, string status)
    {
        var answer = (ObjectValue)review.DeepClone();
        answer["status"] = Value.Parse(status);
        return answer;
    }

    private static string Kubeconfig(TemporaryFolder folder, WebhookServer webhook) => folder.Write("webhook.kubeconfig", $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: w, cluster: {server: "https://127.0.0.1:{{webhook.Port}}/", certificate-authority-data: {{webhook.CaBundle}} } }]
        users: [{name: u, user: {token: secret} }]
        contexts: [{name: c, context: {cluster: w, user: u} }]
        current-context: c
        """);
}
