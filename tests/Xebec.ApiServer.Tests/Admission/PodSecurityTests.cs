using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.PodSecurity;

namespace Xebec.ApiServer.Tests.Admission;

/// <summary>The checks of the Pod Security Standards, in each version, and what namespaces' labels make of them.</summary>
public sealed class PodSecurityTests
{
    private const string Prefix = "pod-security.kubernetes.io/";

    [Theory]
    [InlineData("baseline", 34, """ "containers":[{"name":"a","livenessProbe":{"httpGet":{"port":1,"host":"10.0.0.1"}}}] """,
        "probe or lifecycle host (container \"a\" uses probe or lifecycle host \"10.0.0.1\")")]
    [InlineData("baseline", 33, """ "containers":[{"name":"a","livenessProbe":{"httpGet":{"port":1,"host":"10.0.0.1"}}}] """, "")]
    [InlineData("baseline", 34, """ "containers":[{"name":"a","lifecycle":{"preStop":{"httpGet":{"port":1,"host":"h"}}}},{"name":"b","readinessProbe":{"tcpSocket":{"port":1,"host":"i"}}}] """,
        "probe or lifecycle host (containers \"a\", \"b\" use probe or lifecycle hosts \"h\", \"i\")")]
    [InlineData("baseline", 30, """ "containers":[{"name":"a"}],"securityContext":{"sysctls":[{"name":"net.ipv4.tcp_rmem","value":"1"},{"name":"net.ipv4.tcp_fin_timeout","value":"1"}]} """,
        "forbidden sysctls (net.ipv4.tcp_rmem)")]
    [InlineData("baseline", 28, """ "containers":[{"name":"a"}],"securityContext":{"sysctls":[{"name":"net.ipv4.tcp_fin_timeout","value":"1"}]} """,
        "forbidden sysctls (net.ipv4.tcp_fin_timeout)")]
    [InlineData("baseline", 30, """ "containers":[{"name":"a"}],"securityContext":{"seLinuxOptions":{"type":"container_engine_t"}} """,
        "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"container_engine_t\")")]
    [InlineData("baseline", 31, """ "containers":[{"name":"a"}],"securityContext":{"seLinuxOptions":{"type":"container_engine_t"}} """, "")]
    [InlineData("baseline", 31, """ "containers":[{"name":"a","securityContext":{"seLinuxOptions":{"type":"x","user":"u"}}}] """,
        "seLinuxOptions (container \"a\" set forbidden securityContext.seLinuxOptions: type \"x\"; user may not be set)")]
    [InlineData("baseline", 36, """ "containers":[{"name":"a","securityContext":{"appArmorProfile":{"type":"Unconfined"}}}],"securityContext":{"appArmorProfile":{"type":"Unconfined"}} """,
        "forbidden AppArmor profile (pod and container \"a\" must not set AppArmor profile type to \"Unconfined\")")]
    [InlineData("baseline", 36, """ "containers":[{"name":"a","securityContext":{"windowsOptions":{"hostProcess":true}}}],"securityContext":{"windowsOptions":{"hostProcess":true}} """,
        "hostProcess (pod and container \"a\" must not set securityContext.windowsOptions.hostProcess=true)")]
    [InlineData("restricted", 24, """ "os":{"name":"windows"},"containers":[{"name":"a"}],"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}} """,
        "allowPrivilegeEscalation != false (container \"a\" must set securityContext.allowPrivilegeEscalation=false), " +
        "unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"])")]
    [InlineData("restricted", 25, """ "os":{"name":"windows"},"containers":[{"name":"a"}],"securityContext":{"runAsNonRoot":true} """, "")]
    [InlineData("restricted", 22, """ "containers":[{"name":"a","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}],"securityContext":{"runAsUser":0,"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}} """, "")]
    [InlineData("restricted", 23, """ "containers":[{"name":"a","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}],"securityContext":{"runAsUser":0,"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}} """,
        "runAsUser=0 (pod must not set runAsUser=0)")]
    [InlineData("restricted", 36, """ "containers":[{"name":"a","securityContext":{"runAsNonRoot":true,"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}],"securityContext":{"runAsNonRoot":false,"seccompProfile":{"type":"RuntimeDefault"}} """,
        "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)")]
    public void A_check_is_that_of_its_version(string level, int minor, string spec, string violations)
    {
        var pod = (ObjectValue)Value.Parse(System.Text.Encoding.UTF8.GetBytes($"{{\"metadata\":{{}},\"spec\":{{{spec}}}}}"));
        Assert.Equal(violations, PodSecurityChecks.Violations(pod, new LevelVersion(LevelVersion.ParseLevel(level)!.Value, minor)));
    }

    [Fact]
    public void An_annotation_can_not_switch_AppArmor_off()
    {
        var pod = (ObjectValue)Value.Parse("""
            {"metadata":{"annotations":{"container.apparmor.security.beta.kubernetes.io/a":"unconfined"}},"spec":{"containers":[{"name":"a"}]}}
            """u8.ToArray());
        Assert.Equal(
            "forbidden AppArmor profile (annotation must not set AppArmor profile type to \"container.apparmor.security.beta.kubernetes.io/a=\"unconfined\"\")",
            PodSecurityChecks.Violations(pod, new LevelVersion(PodSecurityLevel.Baseline, LevelVersion.Latest)));
    }

    [Theory]
    [InlineData("", "", "", "privileged:latest", "privileged:latest")]
    [InlineData("baseline", "v1.30", "", "baseline:v1.30", "baseline:v1.30")]
    [InlineData("restricted", "", "privileged", "restricted:latest", "privileged:latest")]
    [InlineData("unheard", "", "", "restricted:latest", "privileged:latest")]
    [InlineData("baseline", "v2", "unheard", "baseline:latest", "privileged:latest")]
    public void Labels_say_what_is_enforced_and_warned_of(string enforce, string version, string warn, string enforced, string warned)
    {
        var labels = new Dictionary<string, string> { ["enforce"] = enforce, ["enforce-version"] = version, ["warn"] = warn };
        var policy = NamespacePolicy.Read(label => labels.GetValueOrDefault(label[Prefix.Length..]) is { Length: > 0 } text ? text : null);
        Assert.Equal((enforced, warned), (policy.Enforce.ToString(), policy.Warn.ToString()));
    }

    [Fact]
    public async Task A_namespace_has_right_labels_and_hears_of_pods_that_break_new_ones()
    {
        await using var server = await TestServer.StartAsync();
        var (code, refused) = await server.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"x","labels":{"pod-security.kubernetes.io/enforce":"strict","pod-security.kubernetes.io/warn-version":"1"}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(
            "Namespace \"x\" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted, " +
            "metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"1\": must be \"latest\" or \"v1.x\"]",
            refused.GetString("message"));
        foreach (var name in new[] { "a", "b" })
        {
            await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", $$$"""
                {"metadata":{"name":"{{{name}}}"},"spec":{"hostNetwork":true,"containers":[{"name":"c","image":"i"}]}}
                """);
        }

        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/pods");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/namespaces/default")
        {
            Content = new StringContent("""{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json"),
        };
        using var answer = await server.Http.SendAsync(patch);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var warnings = string.Join('\n', answer.Headers.GetValues("Warning"));
        Assert.Contains("existing pods in namespace \\\"default\\\" violate the new PodSecurity enforce level \\\"baseline:latest\\\"", warnings, StringComparison.Ordinal);
        Assert.Contains("a (and 1 other pod): host namespaces", warnings, StringComparison.Ordinal);
    }
}
