using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Tokens kept in Secrets of type kubernetes.io/service-account-token.</summary>
public sealed class LegacyTokenTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task A_secret_is_filled_and_its_token_works_while_it_is_there()
    {
        await using var server = await TestServer.StartAsync(SecureServer.Options() with { AuthorityPem = "the CA" });
        await server.SendAsync(HttpMethod.Post, Core + "/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        var (_, other) = await server.SendAsync(HttpMethod.Post, Core + "/secrets", """{"metadata":{"name":"other"},"stringData":{"k":"kubernetes.io/service-account-token"}}""");
        await CreateAsync(server, "t", "robot");
        var secret = await UntilAsync(server, "t", s => s?.GetObject("data")?.ContainsKey("token") == true);
        var data = secret!.GetObject("data")!;
        Assert.Equal(("the CA", "default"), (Text(data, "ca.crt"), Text(data, "namespace")));
        Assert.NotEqual("", secret.GetObject("metadata")!.GetObject("annotations")!.GetString("kubernetes.io/service-account.uid"));
        var token = Text(data, "token");
        var status = await ReviewAsync(server, token);
        Assert.Equal("system:serviceaccount:default:robot", status.GetObject("user")!.GetString("username"));
        Assert.Equal("""["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]""", status.GetObject("user")!["groups"]!.ToString());
        server.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await ReviewAsync(server, token))["authenticated"]!.AsBool());
        var (_, untouched) = await server.SendAsync(HttpMethod.Get, Core + "/secrets/other");
        Assert.Equal(other.GetObject("metadata")!.GetString("resourceVersion"), untouched.GetObject("metadata")!.GetString("resourceVersion"));

        await server.SendAsync(HttpMethod.Patch, Core + "/secrets/t", """{"data":{"token":"bm8="}}""", "application/merge-patch+json");
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
        await server.SendAsync(HttpMethod.Delete, Core + "/secrets/t");
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
    }

    [Fact]
    public async Task A_secret_goes_with_its_account_and_a_new_account_of_the_name_does_not_revive_its_token()
    {
        await using var server = await TestServer.StartAsync(SecureServer.Options());
        await server.SendAsync(HttpMethod.Post, Core + "/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        await CreateAsync(server, "t", "robot");
        var secret = await UntilAsync(server, "t", s => s?.GetObject("data")?.ContainsKey("token") == true);
        var token = Text(secret!.GetObject("data")!, "token");
        await server.SendAsync(HttpMethod.Delete, Core + "/serviceaccounts/robot");
        await server.SendAsync(HttpMethod.Post, Core + "/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
        await UntilAsync(server, "t", s => s is null);
        await CreateAsync(server, "orphan", "nobody");
        await UntilAsync(server, "orphan", s => s is null);
    }

    private static async Task CreateAsync(TestServer server, string name, string account)
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, Core + "/secrets", $$$"""
            {"metadata":{"name":"{{{name}}}","annotations":{"kubernetes.io/service-account.name":"{{{account}}}"} },"type":"kubernetes.io/service-account-token"}
            """);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
    }

    // The controller pauses between its looks: each event, or the end of a pause, is a reason to look again.
    private static async Task<ObjectValue?> UntilAsync(TestServer server, string name, Func<ObjectValue?, bool> isDone)
    {
        while (true)
        {
            var (code, secret) = await server.SendAsync(HttpMethod.Get, $"{Core}/secrets/{name}");
            var found = code == HttpStatusCode.OK ? secret : null;
            if (isDone(found))
                return found;
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static string Text(ObjectValue data, string name) => Encoding.UTF8.GetString(Convert.FromBase64String(data.GetString(name)!));

    private static async Task<ObjectValue> ReviewAsync(TestServer server, string token)
    {
        var (_, review) = await server.SendAsync(
            HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews", $$$"""{"spec":{"token":"{{{token}}}"} }""");
        return review.GetObject("status")!;
    }
}
