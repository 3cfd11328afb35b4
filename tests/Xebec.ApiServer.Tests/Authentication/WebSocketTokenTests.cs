using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class WebSocketTokenTests
{
    [Fact]
    public async Task A_token_that_is_offered_as_a_protocol_is_not_passed_on_to_backends()
    {
        using var folder = new TemporaryFolder();
        var tokens = new TokenAuthenticator([StaticTokenAuthenticator.Load(folder.Write("tokens.csv", "secret,jane,1\n"))], "xebec");
        var authenticator = new Authenticator(tokens, new CertificateIdentities(null, TimeProvider.System), null, new AnonymousRule(false, []));
        var http = new DefaultHttpContext();
        http.Request.Headers.SecWebSocketProtocol = $"base64url.bearer.authorization.k8s.io.{Base64Url.EncodeToString("secret"u8)}, v5.channel.k8s.io";
        Assert.Equal("jane", (await authenticator.AuthenticateAsync(http))?.Name);
        Assert.Equal("v5.channel.k8s.io", http.Request.Headers.SecWebSocketProtocol.ToString());
    }
}
