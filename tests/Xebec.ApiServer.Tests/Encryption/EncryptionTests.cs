using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.Encryption;
using Xebec.ApiServer.Tests.Faults;
using Xebec.Store;
using Xebec.Store.Sqlite;

namespace Xebec.ApiServer.Tests.Encryption;

public sealed class EncryptionTests : IDisposable
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";
    private const string Plaintext = "UExBSU4tVEVYVC1NQVJLRVI=";
    private const string First = "aesgcm: {keys: [{name: k1, secret: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}]}";
    private const string Second = "aesgcm: {keys: [{name: k2, secret: AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}]}";
    private const string Cbc = "aescbc: {keys: [{name: c, secret: AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}]}";
    private const string Box = "secretbox: {keys: [{name: b, secret: AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}]}";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(First)]
    [InlineData(Cbc)]
    [InlineData(Box)]
    public async Task A_secret_never_stands_readable_in_the_stores_files(string provider)
    {
        await using (var server = await StartAsync(provider, "identity: {}"))
        {
            await CreateAsync(server, "s");
            await server.SendAsync(HttpMethod.Patch, Secrets + "/s", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
            await CreateAsync(server, "deleted");
            await server.SendAsync(HttpMethod.Delete, Secrets + "/deleted");
            await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"c"},"data":{"k":"READABLE-CONFIG"}}""");
            Assert.Equal(Plaintext, await ReadAsync(server, "s"));
            Assert.False(IsInFiles(Plaintext));
        }

        Assert.False(IsInFiles(Plaintext));
        Assert.True(IsInFiles("READABLE-CONFIG"));
        var name = provider[..provider.IndexOf(':', StringComparison.Ordinal)];
        Assert.True(IsInFiles($"k8s:enc:{name}:v1:{(provider == First ? "k1" : provider == Cbc ? "c" : "b")}:"));
        await using var again = await StartAsync(provider, "identity: {}");
        Assert.Equal(Plaintext, await ReadAsync(again, "s"));
    }

    [Fact]
    public async Task After_rotation_old_values_are_read_and_a_rewrite_uses_the_new_key()
    {
        await using (var server = await StartAsync("identity: {}"))
            await CreateAsync(server, "plain");
        await using (var server = await StartAsync(First, "identity: {}"))
        {
            Assert.Equal(Plaintext, await ReadAsync(server, "plain"));
            await CreateAsync(server, "s");
        }

        await using (var server = await StartAsync(Second, First, "identity: {}"))
        {
            foreach (var name in new[] { "plain", "s" })
            {
                var (_, before) = await server.SendAsync(HttpMethod.Get, $"{Secrets}/{name}");
                var (code, after) = await server.SendAsync(HttpMethod.Put, $"{Secrets}/{name}", before.ToString());
                Assert.Equal(HttpStatusCode.OK, code);
                Assert.NotEqual(Revision(before), Revision(after));
                var (_, unchanged) = await server.SendAsync(HttpMethod.Put, $"{Secrets}/{name}", after.ToString());
                Assert.Equal(Revision(after), Revision(unchanged));
            }
        }

        await using var last = await StartAsync(Second);
        Assert.Equal(Plaintext, await ReadAsync(last, "plain"));
        Assert.Equal(Plaintext, await ReadAsync(last, "s"));
    }

    [Fact]
    public async Task What_no_key_can_read_is_an_error_by_name_and_harms_nothing_else()
    {
        await using (var server = await StartAsync(First))
            await CreateAsync(server, "lost");
        await using var other = await StartAsync(Second, "identity: {}");
        await CreateAsync(other, "s");
        Assert.Equal(Plaintext, await ReadAsync(other, "s"));
        const string Message = "Internal error occurred: unable to transform key \"/registry/secrets/default/lost\": no matching prefix found";
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, Secrets + "/lost"), (HttpMethod.Delete, Secrets + "/lost"), (HttpMethod.Get, Secrets), (HttpMethod.Get, "/api/v1/secrets"),
        })
        {
            var (code, status) = await other.SendAsync(method, path);
            Assert.Equal((HttpStatusCode.InternalServerError, Message), (code, status.GetString("message")));
        }

        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(HttpMethod.Get, "/api/v1/namespaces/kube-system/secrets")).Code);
        Assert.Equal(HttpStatusCode.Conflict, (await other.SendAsync(HttpMethod.Post, Secrets, """{"metadata":{"name":"lost"}}""")).Code);
    }

    [Fact]
    public async Task Without_a_configuration_encrypted_values_are_errors_too()
    {
        await using (var server = await StartAsync(First))
            await CreateAsync(server, "s");
        await using var plain = await TestServer.StartAsync(null, _folder.File("state.db"));
        var (code, status) = await plain.SendAsync(HttpMethod.Get, Secrets + "/s");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.EndsWith("identity transformer tried to read encrypted data", status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_taken_over_and_brings_lost_objects_back()
    {
        await using (var server = await StartAsync(First))
            await CreateAsync(server, "s");
        await using var reloading = await StartAsync(Second);
        using var watch = await reloading.Http.GetAsync(
            $"{Secrets}?watch=true&resourceVersion={await RevisionAsync(reloading)}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync());
        Configure(Second, First);
        reloading.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("\"name\":\"s\"", await lines.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(Plaintext, await ReadAsync(reloading, "s"));
    }

    [Fact]
    public async Task A_rewrite_that_failed_is_tried_again_though_the_file_stays()
    {
        await using (var first = await StartAsync(First))
            await CreateAsync(first, "s");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        await using var sound = await SqliteStore.OpenAsync(new SqliteStoreOptions { Path = _folder.File("state.db") }, time, NullLogger<SqliteStore>.Instance);
        var store = new FaultyStore(sound, new Random(1));
        using var log = new LoggedLines();
        Configure(Second);
        await using var server = new KubeApiServer(Options(), store, time, log);
        await server.StartAsync();
        store.WriteGate = Task.FromException(new StoreUnavailableException("the disk is full"));
        Configure(Second, First);
        time.Advance(TimeSpan.FromMinutes(1));
        await log.WaitForAsync("not yet rewritten");
        store.WriteGate = Task.CompletedTask;
        time.Advance(TimeSpan.FromMinutes(1));
        await log.WaitForAsync("Took over the changed encryption configuration");
        using var http = new HttpClient(server.InProcess(new UserInfo("admin", "system:masters"))) { BaseAddress = new Uri("https://xebec.test") };
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(http, HttpMethod.Get, Secrets + "/s")).Code);
    }

    [Fact]
    public void A_value_moved_to_another_place_is_not_believed()
    {
        var key = new AesGcmKey("k", new byte[32]);
        var stored = key.Encrypt("value"u8.ToArray(), "/registry/secrets/a/s");
        Assert.Equal("value"u8.ToArray(), key.Decrypt(stored, "/registry/secrets/a/s").ToArray());
        Assert.Throws<AuthenticationTagMismatchException>(() => key.Decrypt(stored, "/registry/secrets/b/s"));
        Assert.NotEqual(stored.ToArray(), key.Encrypt("value"u8.ToArray(), "/registry/secrets/a/s").ToArray());
    }

    [Theory]
    [InlineData("secrets", true, false)]
    [InlineData("*.", true, false)]
    [InlineData("*.apps", false, true)]
    [InlineData("*.*", true, true)]
    [InlineData("deployments.apps", false, true)]
    public void Resources_are_named_exactly_or_by_wildcards(string pattern, bool secrets, bool deployments)
    {
        Configure(pattern, [First]);
        var configuration = EncryptionConfiguration.Load(_folder.File("encryption.yaml"));
        Assert.Equal(secrets, configuration.KeysOf("", "secrets") is not null);
        Assert.Equal(deployments, configuration.KeysOf("apps", "deployments") is not null);
    }

    [Theory]
    [InlineData("kms: {name: k}", "resources[0].providers[0].kms: the provider kms is not served; use secretbox, aesgcm, aescbc or identity")]
    [InlineData("secretbox: {keys: [{name: k, secret: AA==}]}", "secret of key k is not of the expected length, got 1, expected one of [32]")]
    [InlineData("aesgcm: {keys: [{name: k, secret: AAAA}]}", "secret of key k is not of the expected length, got 3, expected one of [16 24 32]")]
    [InlineData("aesgcm: {keys: [{name: k, secret: '!'}]}", "secret of key k must be base64 encoded")]
    [InlineData("aesgcm: {keys: []}", "resources[0].providers[0].aesgcm.keys: at least one is needed")]
    public void Wrong_files_are_refused_by_name(string provider, string problem)
    {
        Configure(provider);
        var refused = Assert.Throws<ConfigurationException>(() => EncryptionConfiguration.Load(_folder.File("encryption.yaml")));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Configure(params string[] providers) => Configure("secrets", providers);

    private void Configure(string resource, string[] providers)
    {
        var lines = string.Concat(providers.Select(p => $"  - {p}\n"));
        _folder.Write(
            "encryption.yaml",
            $"kind: EncryptionConfiguration\napiVersion: apiserver.config.k8s.io/v1\nresources:\n- resources: [\"{resource}\"]\n  providers:\n{lines}");
    }

    private Task<TestServer> StartAsync(params string[] providers)
    {
        Configure(providers);
        return TestServer.StartAsync(Options(), _folder.File("state.db"));
    }

    private KubeApiServerOptions Options() => new()
    {
        Encryption = new EncryptionOptions { ConfigFile = _folder.File("encryption.yaml"), AutomaticReload = true },
    };

    private static async Task CreateAsync(TestServer server, string name)
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, Secrets, $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"k":"{{{Plaintext}}}"}}""");
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
    }

    private static async Task<string?> ReadAsync(TestServer server, string name)
    {
        var (code, secret) = await server.SendAsync(HttpMethod.Get, $"{Secrets}/{name}");
        Assert.True(code == HttpStatusCode.OK, secret.ToString());
        return secret.GetObject("data")!.GetString("k");
    }

    private static string? Revision(ObjectValue item) => item.GetObject("metadata")!.GetString("resourceVersion");

    private static async Task<string?> RevisionAsync(TestServer server) => Revision((await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces")).Body);

    private bool IsInFiles(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return Directory.GetFiles(_folder.Path, "state.db*").Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(wanted) >= 0;
        });
    }
}
