using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Webhooks;
using Xunit;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

/// <summary>An API server and a webhook server, and short ways to configure one to call the other.</summary>
internal sealed class WebhookCluster : IAsyncDisposable
{
    public const string Registration = "/apis/admissionregistration.k8s.io/v1/";

    private WebhookCluster(TestServer server, WebhookServer hooks) => (Server, Hooks) = (server, hooks);

    public TestServer Server { get; }

    public WebhookServer Hooks { get; }

    public static async Task<WebhookCluster> StartAsync(KubeApiServerOptions? options = null, params string[] names) =>
        new(await TestServer.StartAsync(options), await WebhookServer.StartAsync(names));

    public Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json") =>
        Server.SendAsync(method, path, body, contentType);

    public Task<(HttpStatusCode Code, ObjectValue Body)> CreateConfigMapAsync(string metadata, string data = "{}", string ns = "default") =>
        SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/configmaps", $$"""{"metadata":{{metadata}},"data":{{data}}}""");

    /// <summary>Answers posts to a path: a function from the request of the review to the response, without its uid.</summary>
    public void Answer(string path, Func<ObjectValue, string> response) => Hooks.On(path, review =>
    {
        var request = review.GetObject("request")!;
        var answer = (ObjectValue)Value.Parse(response(request));
        answer["uid"] = request["uid"]!;
        return new ObjectValue { { "kind", "AdmissionReview" }, { "apiVersion", review["apiVersion"]! }, { "response", answer } };
    });

    /// <summary>Answers posts to a path with a patch.</summary>
    public void AnswerPatch(string path, string patch) => Answer(path, _ => Patched(patch));

    /// <summary>A response with a patch.</summary>
    public static string Patched(string patch) =>
        $$"""{"allowed":true,"patchType":"JSONPatch","patch":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(patch))}}"}""";

    /// <summary>One webhook of a configuration.</summary>
    public string Webhook(string path, string rules, string more = "", string name = "hook.example.com") => $$"""
        {"name":"{{name}}","clientConfig":{{Hooks.ClientConfig(path)}},"rules":[{{rules}}],"sideEffects":"None","admissionReviewVersions":["v1"]{{more}}}
        """;

    /// <summary>A rule.</summary>
    public static string Rule(string resources = "configmaps", string operations = "\"*\"", string group = "", string version = "*", string more = "") =>
        $$"""{"operations":[{{operations}}],"apiGroups":["{{group}}"],"apiVersions":["{{version}}"],"resources":["{{resources}}"]{{more}}}""";

    public Task MutateAsync(string name, params string[] webhooks) => ConfigureAsync("MutatingWebhookConfiguration", name, webhooks);

    public Task ValidateAsync(string name, params string[] webhooks) => ConfigureAsync("ValidatingWebhookConfiguration", name, webhooks);

    /// <summary>Makes a configuration; when it returns, the server goes by it.</summary>
    public async Task ConfigureAsync(string kind, string name, string[] webhooks, string labels = "{}")
    {
        var path = Registration + kind.ToLowerInvariant() + "s";
        var body = $$"""{"kind":"{{kind}}","metadata":{"name":"{{name}}","labels":{{labels}}},"webhooks":[{{string.Join(',', webhooks)}}]}""";
        var (code, answer) = await SendAsync(HttpMethod.Post, path, body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        await SettleAsync();
    }

    /// <summary>Returns when what was written before is what the server goes by.</summary>
    public async Task SettleAsync() => await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Hooks.DisposeAsync();
    }
}
