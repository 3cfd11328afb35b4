using Xebec.ApiServer.Discovery;

namespace Xebec.ApiServer.Tests.Discovery;

public sealed class VersionOrderTests
{
    private static readonly string[] Ordered =
        ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10", "v", "vbeta1"];

    [Fact]
    public void Stable_and_new_versions_come_first() =>
        Assert.Equal(Ordered, Ordered.Order(StringComparer.Ordinal).Order(VersionOrder.Instance));
}
