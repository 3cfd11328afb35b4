using System.Text;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Tests.Webhooks;

public sealed class WebhookTrustTests
{
    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_bundle_that_is_no_certificate_is_a_failed_call_which_the_failure_policy_decides(string pem)
    {
        var bundle = Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
        Assert.StartsWith(
            "unable to load root certificates: ", Assert.Throws<WebhookCallException>(() => new WebhookTrust(bundle, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }
}
