using System.Net;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

public sealed class ValidatingWebhookTests
{
    private const string Denied = """{"allowed":false,"status":{"code":403,"reason":"Forbidden","message":"not here"}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should be able to deny pod and configmap creation")]
    [Fact]
    public async Task A_denial_carries_the_webhooks_status()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => Denied);
        await cluster.ValidateAsync("deny", cluster.Webhook("/deny", Rule()));
        var (code, body) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal("admission webhook \"hook.example.com\" denied the request: not here", body.GetString("message"));
        Assert.Equal("Forbidden", body.GetString("reason"));
    }

    [Fact]
    public async Task A_denial_without_a_word_is_a_bad_request()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => """{"allowed":false}""");
        await cluster.ValidateAsync("deny", cluster.Webhook("/deny", Rule()));
        var (code, body) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("admission webhook \"hook.example.com\" denied the request without explanation", body.GetString("message"));
    }

    [Fact]
    public async Task The_review_says_who_does_what_to_which_object()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/see", _ => """{"allowed":true}""");
        await cluster.ValidateAsync("see", cluster.Webhook("/see", Rule()));
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/configmaps?fieldManager=me", """{"metadata":{"name":"one"},"data":{"a":"b"}}""");
        await cluster.SendAsync(
            HttpMethod.Patch, "/api/v1/namespaces/default/configmaps/one?dryRun=All", """{"data":{"a":"c"}}""", "application/merge-patch+json");
        await cluster.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/configmaps/one", """{"gracePeriodSeconds":7}""");
        var seen = cluster.Hooks.Received.Select(r => r.GetObject("request")!).ToArray();
        Assert.Equal(["CREATE", "UPDATE", "DELETE"], seen.Select(r => r.GetString("operation")));
        Assert.All(seen, r => Assert.Equal("one", r.GetString("name")));
        Assert.All(seen, r => Assert.Equal("default", r.GetString("namespace")));
        Assert.All(seen, r => Assert.Equal("""{"username":"admin","groups":["system:masters","system:authenticated"]}""", r["userInfo"]!.ToString()));
        Assert.Equal([false, true, false], seen.Select(r => r["dryRun"]!.AsBool()!.Value));
        Assert.Equal(["null", "b", "b"], seen.Select(r => Data(r, "oldObject")));
        Assert.Equal(["b", "c", "null"], seen.Select(r => Data(r, "object")));
        Assert.Equal("""{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1","fieldManager":"me"}""", seen[0]["options"]!.ToString());
        Assert.Equal("""{"kind":"UpdateOptions","apiVersion":"meta.k8s.io/v1","dryRun":["All"]}""", seen[1]["options"]!.ToString());
        Assert.Equal("""{"kind":"DeleteOptions","apiVersion":"meta.k8s.io/v1","gracePeriodSeconds":7}""", seen[2]["options"]!.ToString());
    }

    [Fact]
    public async Task All_are_asked_at_once()
    {
        await using var cluster = await StartAsync();
        var both = new TaskCompletionSource();
        var asked = 0;
        cluster.Hooks.On("/wait", async (http, review) =>
        {
            if (Interlocked.Increment(ref asked) == 2)
                both.SetResult();
            await both.Task.WaitAsync(Cancelled);
            var uid = review.GetObject("request")!.GetString("uid");
            await http.Response.WriteAsync(
                $$$"""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"{{{uid}}}","allowed":true}}""");
        });
        await cluster.ValidateAsync(
            "both", cluster.Webhook("/wait", Rule(), name: "a.example.com"), cluster.Webhook("/wait", Rule(), name: "b.example.com"));
        var (code, _) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.Created, code);
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should unconditionally reject operations on fail closed webhook")]
    [Fact]
    public async Task Who_can_not_be_called_fails_the_request_or_is_passed_over_by_policy()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync("absent", cluster.Webhook("/absent", Rule()));
        var (code, body) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Equal(
            "Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: the server could not find the requested resource",
            body.GetString("message"));
        await cluster.SendAsync(
            HttpMethod.Patch, Registration + "validatingwebhookconfigurations/absent",
            """[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]""", "application/json-patch+json");
        await cluster.SettleAsync();
        (code, _) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Contains(
            """apiserver_admission_webhook_fail_open_count{name="hook.example.com",type="validating"} 1""", await MetricsAsync(cluster),
            StringComparison.Ordinal);
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should honor timeout")]
    [Fact]
    public async Task A_slow_one_exceeds_its_deadline()
    {
        await using var cluster = await StartAsync();
        var asked = new TaskCompletionSource();
        cluster.Hooks.On("/slow", async (http, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await cluster.ValidateAsync("slow", cluster.Webhook("/slow", Rule(), ",\"timeoutSeconds\":3"));
        var creating = cluster.CreateConfigMapAsync("""{"name":"one"}""");
        await asked.Task.WaitAsync(Cancelled);
        cluster.Server.Time.Advance(TimeSpan.FromSeconds(3));
        var (code, body) = await creating;
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Equal(
            "Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: " +
            $"Post \"https://127.0.0.1:{cluster.Hooks.Port}/slow?timeout=3s\": context deadline exceeded", body.GetString("message"));
    }

    [Fact]
    public async Task Selectors_choose_namespaces_and_objects()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => Denied);
        await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"watched","labels":{"watch":"yes"}}}""");
        await cluster.ValidateAsync("deny", cluster.Webhook(
            "/deny", Rule(), """,  "namespaceSelector":{"matchLabels":{"watch":"yes"}},"objectSelector":{"matchExpressions":[{"key":"skip","operator":"DoesNotExist"}]}"""));
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("""{"name":"a"}""")).Code);
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("""{"name":"a","labels":{"skip":""}}""", ns: "watched")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await cluster.CreateConfigMapAsync("""{"name":"b"}""", ns: "watched")).Code);
    }

    [Fact]
    public async Task A_namespace_is_selected_by_its_own_labels_and_is_of_the_cluster()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => Denied);
        await cluster.ValidateAsync(
            "deny", cluster.Webhook("/deny", Rule("namespaces", more: ",\"scope\":\"Cluster\""), ""","namespaceSelector":{"matchLabels":{"watch":"yes"}}"""));
        Assert.Equal(
            HttpStatusCode.Created, (await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"calm"}}""")).Code);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"a","labels":{"watch":"yes"}}}""")).Code);
        Assert.True(cluster.Hooks.Received.TryDequeue(out var review));
        Assert.Equal("a", review.GetObject("request")!.GetString("namespace"));
    }

    [Fact]
    public async Task Warnings_and_figures_are_shown_also_of_a_denial()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/warn", _ => """{"allowed":false,"status":{"code":403},"warnings":["careful"]}""");
        await cluster.ValidateAsync("warn", cluster.Webhook("/warn", Rule()));
        using var body = new StringContent("""{"metadata":{"name":"one"}}""", null, "application/json");
        using var response = await cluster.Server.Http.PostAsync("/api/v1/namespaces/default/configmaps", body, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("299 - \"careful\"", response.Headers.GetValues("Warning").Single());
        var metrics = await MetricsAsync(cluster);
        Assert.Contains(
            """apiserver_admission_webhook_rejection_count{name="hook.example.com",type="validating",operation="CREATE",error_type="no_error",rejection_code="403"} 1""",
            metrics, StringComparison.Ordinal);
        Assert.Contains(
            """apiserver_admission_webhook_admission_duration_seconds_count{name="hook.example.com",type="validating",operation="CREATE",rejected="true"} 1""",
            metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_object_of_a_deleted_collection_is_asked_about()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/keep", r => Data(r, "oldObject") == "keep" ? Denied : """{"allowed":true}""");
        await cluster.CreateConfigMapAsync("""{"name":"gone"}""", """{"a":"lose"}""");
        await cluster.CreateConfigMapAsync("""{"name":"kept"}""", """{"a":"keep"}""");
        await cluster.ValidateAsync("keep", cluster.Webhook("/keep", Rule(operations: "\"DELETE\"")));
        var (code, _) = await cluster.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/configmaps");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/kept")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/gone")).Code);
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should be able to deny attaching pod")]
    [Theory]
    [InlineData("exec?command=sh&command=-c&container=c&stdin=true", "pods/exec", """{"kind":"PodExecOptions","apiVersion":"v1","stdin":true,"stdout":true,"stderr":true,"container":"c","command":["sh","-c"]}""")]
    [InlineData("attach?container=c", "pods/attach", """{"kind":"PodAttachOptions","apiVersion":"v1","stdout":true,"stderr":true,"container":"c"}""")]
    [InlineData("portforward?ports=80", "pods/portforward", """{"kind":"PodPortForwardOptions","apiVersion":"v1","ports":[80]}""")]
    public async Task A_connection_is_asked_about(string path, string resource, string options)
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => Denied);
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/pods",
            """{"metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""");
        await cluster.ValidateAsync("deny", cluster.Webhook("/deny", Rule(resource, "\"CONNECT\"")));
        var (code, body) = await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods/p/" + path);
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Contains("denied the request: not here", body.GetString("message"), StringComparison.Ordinal);
        Assert.True(cluster.Hooks.Received.TryDequeue(out var review));
        var request = review.GetObject("request")!;
        Assert.Equal("CONNECT", request.GetString("operation"));
        Assert.Equal(options, request["object"]!.ToString());
    }

    [Theory]
    [InlineData("eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""")]
    [InlineData("binding", """{"target":{"kind":"Node","name":"n"},"metadata":{"name":"p"}}""")]
    public async Task What_is_posted_to_a_subresource_is_asked_about_as_what_it_is(string subresource, string body)
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/see", _ => """{"allowed":true}""");
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/pods", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        await cluster.ValidateAsync("see", cluster.Webhook("/see", Rule("*/*")));
        var (code, answer) = await cluster.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/default/pods/p/{subresource}", body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        var request = Assert.Single(cluster.Hooks.Received).GetObject("request")!;
        Assert.Equal(subresource, request.GetString("subResource"));
        Assert.Equal("CREATE", request.GetString("operation"));
        Assert.Equal(subresource, request.GetObject("kind")!.GetString("kind")!.ToLowerInvariant());
        Assert.Equal("pods", request.GetObject("resource")!.GetString("resource"));
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should not be able to mutate or prevent deletion of webhook configuration objects")]
    [Fact]
    public async Task Configurations_themselves_are_never_asked_about()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => Denied);
        await cluster.ValidateAsync("deny", cluster.Webhook("/deny", Rule("*", group: "*")));
        await cluster.MutateAsync("another", cluster.Webhook("/deny", Rule("*", group: "*")));
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Delete, Registration + "validatingwebhookconfigurations/deny")).Code);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Delete, Registration + "mutatingwebhookconfigurations/another")).Code);
        Assert.Empty(cluster.Hooks.Received);
    }

    [Fact]
    public async Task A_plugin_is_switched_off_by_flag()
    {
        await using var cluster = await StartAsync(new KubeApiServerOptions { DisableAdmissionPlugins = ["ValidatingAdmissionWebhook"] });
        cluster.Answer("/deny", _ => Denied);
        await cluster.ValidateAsync("deny", cluster.Webhook("/deny", Rule()));
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("""{"name":"one"}""")).Code);
    }

    [Fact]
    public async Task An_unknown_plugin_is_refused()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => TestServer.StartAsync(new KubeApiServerOptions { EnableAdmissionPlugins = ["Nonsense"] }));
        Assert.Equal("admission-control plugin \"Nonsense\" is unknown", failure.Message);
    }

    private static string Data(ObjectValue request, string member) =>
        request[member] is ObjectValue item ? item.GetObject("data")?.GetString("a") ?? "" : "null";

    private static async Task<string> MetricsAsync(WebhookCluster cluster) => await cluster.Server.Http.GetStringAsync("/metrics", Cancelled);
}
