using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authentication.Jwt;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class JwtTests
{
    private const string Mapping = """
          claimMappings:
            username: {claim: sub, prefix: "corp:"}
            groups: {claim: groups, prefix: ""}

        """;

    // TestServer's clock begins at 1795435200.
    private const string Claims = """{"iss":"ISSUER","aud":["other","xebec"],"exp":1795438800,"sub":"jane","groups":["dev","ops"],"jti":"j1"}""";

    [Fact]
    public async Task A_token_of_a_configured_issuer_stands_for_the_user_its_claims_make()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, Mapping);
        const string Expected =
            """{"username":"corp:jane","groups":["dev","ops","system:authenticated"],"extra":{"authentication.kubernetes.io/credential-id":["JTI=j1"]}}""";
        Assert.Equal(Expected, (await server.WhoAmIAsync(issuer.Token(Claims)))?.ToString());
        Assert.Equal(Expected, (await server.WhoAmIAsync(issuer.RsaToken(Claims)))?.ToString());
        Assert.Equal(1, issuer.Fetches);
    }

    [Theory]
    [InlineData("""{"iss":"ISSUER","aud":"other","exp":1795438800,"sub":"jane"}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","exp":1795435200,"sub":"jane"}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","sub":"jane"}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","exp":1795438800,"nbf":1795435300,"sub":"jane"}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","exp":1795438800}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","exp":1795438800,"sub":["jane"]}""")]
    [InlineData("""{"iss":"ISSUER","aud":"xebec","exp":1795438800,"sub":"jane","groups":{"a":1}}""")]
    [InlineData("""{"iss":"https://else.example","aud":"xebec","exp":1795438800,"sub":"jane"}""")]
    public async Task Tokens_for_others_expired_or_without_their_claims_are_not_believed(string claims)
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, Mapping);
        Assert.Null(await server.WhoAmIAsync(issuer.Token(claims)));
        Assert.NotNull(await server.WhoAmIAsync(issuer.Token(Claims)));
    }

    [Fact]
    public async Task A_token_that_ends_later_than_any_date_is_believed()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, Mapping);
        Assert.NotNull(await server.WhoAmIAsync(issuer.Token("""{"iss":"ISSUER","aud":"xebec","exp":9007199254740991,"sub":"jane"}""")));
    }

    [Fact]
    public async Task A_signature_must_be_one_of_the_issuers()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var stranger = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, Mapping);
        Assert.Null(await server.WhoAmIAsync(stranger.Token(Claims.Replace("ISSUER", issuer.Url, StringComparison.Ordinal))));
        var parts = issuer.Token(Claims).Split('.');
        Assert.Null(await server.WhoAmIAsync($"{parts[0]}.{parts[1]}."));
        Assert.Null(await server.WhoAmIAsync($"eyJhbGciOiJub25lIn0.{parts[1]}."));
    }

    [Theory]
    [InlineData("""{"kty":"EC","kid":"ec1","crv":"P-256","x":"AQ","y":"AQ"}""")]
    [InlineData("""{"kty":"EC","kid":"ec1","crv":"P-256","x":"","y":""}""")]
    [InlineData("""{"kty":"EC","kid":"ec1","crv":"P-1","x":"AQ","y":"AQ"}""")]
    [InlineData("""{"kty":"EC","kid":7,"crv":"P-256","x":7,"y":[]}""")]
    [InlineData("""{"kty":"RSA","kid":"ec1","n":"","e":""}""")]
    [InlineData("""{"kty":"RSA","kid":"ec1","n":"AA","e":"AA"}""")]
    [InlineData("""{"kty":"RSA","kid":"ec1","n":"!","e":"AQAB"}""")]
    [InlineData("null")]
    public async Task A_broken_key_is_left_out_and_the_others_of_its_set_are_used(string key)
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        issuer.FirstKey = key;
        await using var server = await StartAsync(issuer, Mapping);
        Assert.NotNull(await server.WhoAmIAsync(issuer.Token(Claims)));
        Assert.NotNull(await server.WhoAmIAsync(issuer.RsaToken(Claims)));
    }

    [Fact]
    public void The_reason_why_a_key_is_left_out_is_told()
    {
        var broken = new List<(string Id, string Reason)>();
        var set = (ObjectValue)Value.Parse("""{"keys":[{"kty":"EC","kid":"a","crv":"P-1"},{"kty":"EC","kid":"b","crv":"P-256","x":"AQ","y":"AQ"},{"kty":"oct","kid":"c"}]}""");
        Assert.Empty(JsonWebKey.ReadSet(set, (id, reason) => broken.Add((id, reason))));
        Assert.Equal(["a", "b"], broken.Select(b => b.Id));
        Assert.Equal("crv \"P-1\" is not one of P-256, P-384, P-521", broken[0].Reason);
        Assert.NotEmpty(broken[1].Reason);
    }

    [Theory]
    [InlineData("/keys")]
    [InlineData("keys")]
    [InlineData("ftp://127.0.0.1/keys")]
    [InlineData("https://")]
    public async Task Keys_that_are_at_no_address_are_an_authentication_failure(string address)
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        issuer.KeysAddress = address;
        await using var server = await StartAsync(issuer, Mapping);
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Claims)));
    }

    [Fact]
    public async Task Keys_are_fetched_again_when_a_token_names_an_unknown_one_but_not_without_a_pause()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, Mapping);
        Assert.NotNull(await server.WhoAmIAsync(issuer.Token(Claims)));
        issuer.Rotate();
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Claims)));
        Assert.Equal(1, issuer.Fetches);
        server.Server.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(await server.WhoAmIAsync(issuer.Token(Claims)));
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task Expressions_map_and_validate_claims()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await StartAsync(issuer, """
              claimMappings:
                username: {expression: 'claims.email.split("@")[0] + ":ext"'}
                groups: {expression: 'claims.roles.map(r, "role:" + r)'}
                uid: {claim: sub}
                extra: [{key: acme.example/team, valueExpression: 'claims.team'}, {key: acme.example/none, valueExpression: '""'}]
              claimValidationRules:
              - {claim: hd, requiredValue: acme.example}
              - {expression: 'claims.email_verified == true', message: unverified}
              userValidationRules:
              - {expression: '!user.username.startsWith("system:")', message: reserved}
              - {expression: 'user.groups.all(g, g != "role:banned")', message: banned}

            """);
        const string Good =
            """{"iss":"ISSUER","aud":"xebec","exp":1795438800,"sub":"7","email":"jane@acme.example","email_verified":true,"hd":"acme.example","roles":["dev"],"team":"blue"}""";
        Assert.Equal(
            """{"username":"jane:ext","uid":"7","groups":["role:dev","system:authenticated"],"extra":{"acme.example/team":["blue"]}}""",
            (await server.WhoAmIAsync(issuer.Token(Good)))?.ToString());
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Good.Replace("\"hd\":\"acme.example\"", "\"hd\":\"else\"", StringComparison.Ordinal))));
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Good.Replace("true", "false", StringComparison.Ordinal))));
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Good.Replace("jane@", "system:jane@", StringComparison.Ordinal))));
        Assert.Null(await server.WhoAmIAsync(issuer.Token(Good.Replace("[\"dev\"]", "[\"banned\"]", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Anonymous_requests_are_served_where_the_configuration_says()
    {
        await using var server = await ListeningServer.StartAsync((folder, options) => options with
        {
            Authentication = new() { ConfigFile = Configuration(folder, "anonymous:\n  enabled: true\n  conditions: [{path: /livez}]\n") },
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/version")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/api/v1/pods")).Code);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var response = await http.GetAsync(new Uri(server.Server.Address!, "/livez"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("jwt: [{issuer: {url: 'http://a', audiences: [x]}}]", "jwt[0].issuer.url: \"http://a\": URL scheme must be https")]
    [InlineData("jwt: [{issuer: {url: 'https://own', audiences: [x]}}]", "URL must not overlap with disallowed issuers")]
    [InlineData("jwt: [{issuer: {url: 'https://a', audiences: [x, z]}}]", "must be MatchAny for multiple audiences")]
    [InlineData("jwt: [{issuer: {url: 'https://a', audiences: [x]}, claimMappings: {}}]", "jwt[0].claimMappings.username: claim or expression is required")]
    [InlineData("jwt: [{issuer: {url: 'https://a', audiences: [x]}, claimMappings: {username: {claim: sub}}}]", "prefix is required when claim is set")]
    [InlineData("jwt: [{issuer: {url: 'https://a', audiences: [x]}, claimMappings: {username: {expression: 'claims.('}}}]", "compilation failed")]
    [InlineData("anonymous: {enabled: false, conditions: [{path: /x}]}", "enabled should be set to true when conditions are defined")]
    public void A_wrong_configuration_is_refused_by_name(string yaml, string problem)
    {
        using var folder = new TemporaryFolder();
        var refused = Assert.Throws<ConfigurationException>(() => AuthenticationConfiguration.Load(Configuration(folder, yaml), "https://own"));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static Task<ListeningServer> StartAsync(LoopbackIssuer issuer, string rest) => ListeningServer.StartAsync((folder, options) => options with
    {
        Authentication = new() { ConfigFile = Configuration(folder, $"jwt:\n- {issuer.Yaml().Replace("\n    ", "\n    ", StringComparison.Ordinal)}{rest}") },
    });

    private static string Configuration(TemporaryFolder folder, string text) =>
        folder.Write("authentication.yaml", $"apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n{text}");
}
