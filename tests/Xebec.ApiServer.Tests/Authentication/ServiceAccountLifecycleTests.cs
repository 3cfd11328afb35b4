using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class ServiceAccountLifecycleTests
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
    private const string MergePatch = "application/merge-patch+json";

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should allow opting out of API token automount")]
    public async Task A_pod_or_its_account_opts_out_of_the_token_and_the_pod_has_the_last_word()
    {
        await using var server = await SecureServer.StartAsync();
        foreach (var (account, automount) in new[] { ("unset", ""), ("mount", ",\"automountServiceAccountToken\":true"), ("nomount", ",\"automountServiceAccountToken\":false") })
        {
            await server.SendAsync(HttpMethod.Post, Accounts, $$$"""{"metadata":{"name":"{{{account}}}"}{{{automount}}} }""");
            foreach (var (pod, wanted) in new[] { ("unset", account != "nomount"), ("true", true), ("false", false) })
            {
                var spec = pod == "unset" ? "" : $",\"automountServiceAccountToken\":{pod}";
                var (code, made) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", $$$"""
                    {"metadata":{"name":"{{{account}}}-{{{pod}}}"},"spec":{"serviceAccountName":"{{{account}}}","containers":[{"name":"c","image":"i"}]{{{spec}}} } }
                    """);
                Assert.True(code == HttpStatusCode.Created, made.ToString());
                var mounts = made.GetObject("spec")!.GetList("containers")![0].AsObject()!.GetList("volumeMounts");
                var isMounted = mounts?.Any(m => m.AsObject()!.GetString("mountPath") == "/var/run/secrets/kubernetes.io/serviceaccount") == true;
                Assert.True(isMounted == wanted, $"{account} {pod}: {isMounted}");
            }
        }
    }

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should run through the lifecycle of a ServiceAccount")]
    [Conformance("[sig-auth] ServiceAccounts should update a ServiceAccount")]
    public async Task An_account_is_made_watched_patched_updated_listed_and_deleted()
    {
        await using var server = await SecureServer.StartAsync();
        var (_, list) = await server.SendAsync(HttpMethod.Get, Accounts);
        using var watch = await server.Http.GetAsync(
            $"{Accounts}?watch=true&labelSelector=a%3Db&resourceVersion={list.GetObject("metadata")!.GetString("resourceVersion")}",
            HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await watch.Content.ReadAsStreamAsync());
        await server.SendAsync(HttpMethod.Post, Accounts, """{"metadata":{"name":"sa","labels":{"a":"b"}}}""");
        Assert.Equal("ADDED", await TypeAsync(events));
        var (_, patched) = await server.SendAsync(HttpMethod.Patch, Accounts + "/sa", """{"automountServiceAccountToken":false}""", MergePatch);
        Assert.False(patched["automountServiceAccountToken"]!.AsBool());
        Assert.Equal("MODIFIED", await TypeAsync(events));
        patched["automountServiceAccountToken"] = true;
        var (_, updated) = await server.SendAsync(HttpMethod.Put, Accounts + "/sa", patched.ToString());
        Assert.True(updated["automountServiceAccountToken"]!.AsBool());
        Assert.Equal("MODIFIED", await TypeAsync(events));
        var (_, found) = await server.SendAsync(HttpMethod.Get, "/api/v1/serviceaccounts?labelSelector=a%3Db");
        Assert.Single(found.GetList("items")!);
        await server.SendAsync(HttpMethod.Delete, Accounts + "?labelSelector=a%3Db");
        Assert.Equal("DELETED", await TypeAsync(events));
    }

    private static async Task<string?> TypeAsync(StreamReader events) => ((ObjectValue)Value.Parse((await events.ReadLineAsync())!)).GetString("type");
}
