using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xebec.ApiServer.Authentication;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class RequestHeaderTests
{
    [Fact]
    public void A_proxy_is_believed_until_its_certificate_ends_on_an_open_connection_too()
    {
        var now = TimeProvider.System.GetUtcNow();
        var time = new FakeTimeProvider(now);
        var authority = CertificateAuthority.Create("front-proxy-ca", now);
        var proxy = authority.Issue(new CertificateProfile("proxy") { IsClient = true, Lifetime = TimeSpan.FromDays(1) }, now);
        var identities = new RequestHeaderIdentities(authority.Root.Certificate, [], time);
        var headers = new HeaderDictionary { ["X-Remote-User"] = "jane" };
        Assert.Equal("jane", identities.Read(proxy.Certificate, headers)?.Name);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Null(identities.Read(proxy.Certificate, headers));
    }
}
