using System.Net;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Configuration;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class StaticTokenTests
{
    [Fact]
    public async Task A_token_of_the_file_stands_for_its_user()
    {
        await using var listening = await ListeningServer.StartAsync((folder, options) => options with
        {
            Authentication = new() { TokenAuthFile = folder.Write("tokens.csv", "abc,jane,1001,\"dev,ops\"\n\nxyz, \"joe \"\"j\"\"\", 1002\r\n") },
        });
        Assert.Equal(
            """{"username":"jane","uid":"1001","groups":["dev","ops","system:authenticated"]}""", (await listening.WhoAmIAsync("abc"))?.ToString());
        Assert.Equal("""{"username":"joe \"j\"","uid":"1002","groups":["system:authenticated"]}""", (await listening.WhoAmIAsync("xyz"))?.ToString());
        Assert.Null(await listening.WhoAmIAsync("abcd"));
        var (code, status) = await listening.SendAsync(HttpMethod.Get, "/api/v1/pods", "abc");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.StartsWith("pods is forbidden: User \"jane\"", status.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc,jane\n", "line 1: token file must have at least 3 columns (token, user name, user uid), found 2")]
    [InlineData("abc,jane,1\nx,y,z,\"w\n", "line 2: a quote is not closed")]
    public void A_wrong_file_is_refused(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var refused = Assert.Throws<ConfigurationException>(() => StaticTokenAuthenticator.Load(folder.Write("tokens.csv", text)));
        Assert.EndsWith(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_counts_only_from_the_clusters_authority()
    {
        await using var listening = await ListeningServer.StartAsync((_, options) => options);
        using var known = listening.Issue("jane", "dev");
        Assert.Equal("jane", (await listening.WhoAmIAsync("", known))?.GetString("username"));
        var stranger = CertificateAuthority.Create("stranger", TimeProvider.System.GetUtcNow());
        using var unknown = stranger.Issue(new CertificateProfile("jane") { IsClient = true, Lifetime = TimeSpan.FromDays(1) }, TimeProvider.System.GetUtcNow()).Certificate;
        Assert.Null(await listening.WhoAmIAsync("", unknown));
    }

    [Fact]
    public async Task Without_credentials_only_health_and_the_version_are_answered()
    {
        await using var listening = await ListeningServer.StartAsync((_, options) => options);
        Assert.Equal(HttpStatusCode.OK, (await listening.SendAsync(HttpMethod.Get, "/version")).Code);
        var (code, status) = await listening.SendAsync(HttpMethod.Get, "/api/v1/pods");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Contains("User \"system:anonymous\" cannot list resource \"pods\"", status.GetString("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await listening.SendAsync(HttpMethod.Get, "/metrics")).Code);
    }
}
