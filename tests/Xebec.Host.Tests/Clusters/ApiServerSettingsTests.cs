using Xebec.ApiServer;
using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class ApiServerSettingsTests
{
    [Fact]
    public void FlagsBecomeOptions()
    {
        var options = ApiServerSettings.Apply(new KubeApiServerOptions(), new Dictionary<string, string>
        {
            ["authorization-mode"] = "Node, RBAC,Webhook",
            ["authorization-webhook-cache-unauthorized-ttl"] = "1m30s",
            ["anonymous-auth"] = "false",
            ["audit-policy-file"] = "policy.yaml",
            ["audit-log-path"] = "-",
            ["audit-log-maxbackup"] = "3",
            ["encryption-provider-config"] = "keys.yaml",
            ["encryption-provider-config-automatic-reload"] = "true",
            ["enable-admission-plugins"] = "AlwaysPullImages",
        });
        Assert.Equal(["Node", "RBAC", "Webhook"], options.Authorization.Modes);
        Assert.Equal(TimeSpan.FromSeconds(90), options.Authorization.WebhookUnauthorizedTtl);
        Assert.False(options.Authentication.AnonymousAuth);
        Assert.Equal(("policy.yaml", "-", 3, 366), (options.Audit!.PolicyFile, options.Audit.LogPath, options.Audit.MaximumBackups, options.Audit.MaximumAgeDays));
        Assert.True(options.Encryption is { ConfigFile: "keys.yaml", AutomaticReload: true });
        Assert.Equal(["AlwaysPullImages"], options.EnableAdmissionPlugins);
    }

    [Fact]
    public void WithoutFlagsNothingChanges()
    {
        var options = ApiServerSettings.Apply(new KubeApiServerOptions(), new Dictionary<string, string>());
        Assert.Null(options.Audit);
        Assert.Null(options.Encryption);
        Assert.Equal(["Node", "RBAC"], options.Authorization.Modes);
    }

    [Theory]
    [InlineData("anonymous-auth", "maybe", "--anonymous-auth maybe: true or false is needed")]
    [InlineData("authentication-token-webhook-cache-ttl", "soon", "a duration such as 30s or 2m is needed")]
    [InlineData("audit-log-path", "x", "--audit-policy-file and --audit-log-path go together")]
    public void WrongValuesAreExplained(string name, string value, string explanation)
    {
        var refused = Assert.Throws<HostException>(() => ApiServerSettings.Apply(new KubeApiServerOptions(), new Dictionary<string, string> { [name] = value }));
        Assert.Contains(explanation, refused.Message, StringComparison.Ordinal);
    }
}
