using System.Net;
using Xebec.ApiMachinery.Values;
using Xunit;

namespace Xebec.ApiServer.Tests.Admission.Policies;

/// <summary>An API server, and short ways to give it admission policies.</summary>
internal sealed class PolicyCluster : IAsyncDisposable
{
    public const string Registration = "/apis/admissionregistration.k8s.io/v1/";
    public const string ConfigMaps = """{"resourceRules":[{"operations":["*"],"apiGroups":[""],"apiVersions":["*"],"resources":["configmaps"]}]}""";

    private PolicyCluster(TestServer server) => Server = server;

    public TestServer Server { get; }

    public static async Task<PolicyCluster> StartAsync(KubeApiServerOptions? options = null) => new(await TestServer.StartAsync(options));

    public Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json") =>
        Server.SendAsync(method, path, body, contentType);

    public Task<(HttpStatusCode Code, ObjectValue Body)> CreateConfigMapAsync(string name, string data = "{}", string ns = "default") =>
        SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/configmaps", $$"""{"metadata":{"name":"{{name}}"},"data":{{data}}}""");

    /// <summary>Makes a ValidatingAdmissionPolicy of a spec and binds it.</summary>
    public async Task ValidateAsync(string spec, string binding = """ "validationActions":["Deny"] """, string name = "check")
    {
        await CreateAsync("validatingadmissionpolicies", name, spec);
        await CreateAsync("validatingadmissionpolicybindings", name + "-binding", $$"""{"policyName":"{{name}}",{{binding}}}""");
    }

    /// <summary>Makes a MutatingAdmissionPolicy of a spec and binds it.</summary>
    public async Task MutateAsync(string spec, string name = "change", string binding = "")
    {
        await CreateAsync("mutatingadmissionpolicies", name, spec);
        await CreateAsync("mutatingadmissionpolicybindings", name + "-binding", $$"""{"policyName":"{{name}}"{{binding}}}""");
    }

    /// <summary>Makes an object of the registration group; when it returns, the server goes by it.</summary>
    public async Task<ObjectValue> CreateAsync(string plural, string name, string spec)
    {
        var (code, answer) = await SendAsync(HttpMethod.Post, Registration + plural, $$"""{"metadata":{"name":"{{name}}"},"spec":{{spec}}}""");
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        await SettleAsync();
        return answer;
    }

    /// <summary>Returns when what was written before is what the server goes by.</summary>
    public async Task SettleAsync() => await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
