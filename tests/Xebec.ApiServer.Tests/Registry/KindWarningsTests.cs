using System.Net;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>The Warning headers of writes that are valid and questionable.</summary>
public sealed class KindWarningsTests
{
    private const string Name = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    public static TheoryData<string, string, string[]> Writes => new()
    {
        { "/api/v1/namespaces/default/pods", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""", [] },
        {
            "/api/v1/namespaces/default/pods", """{"metadata":{"name":"a.b"},"spec":{"containers":[{"name":"c","image":"i"}]}}""",
            [$"metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [{Name}]"]
        },
        {
            "/api/v1/namespaces/default/pods",
            """
            {"metadata":{"name":"p","annotations":{"scheduler.alpha.kubernetes.io/critical-pod":""}},"spec":{"nodeSelector":{"beta.kubernetes.io/os":"linux"},
            "hostAliases":[{"ip":"1.1.1.1"},{"ip":"1.1.1.1"}],"imagePullSecrets":[{"name":""}],"terminationGracePeriodSeconds":-1,
            "topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"a","whenUnsatisfiable":"ScheduleAnyway"}],
            "affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"a"}]}},
            "containers":[{"name":"c","image":"i","env":[{"name":"X","value":"a"},{"name":"X","value":"$(X)b"},{"name":"X","value":"c"}],
            "resources":{"limits":{"memory":"1500m"}},"ports":[{"containerPort":80},{"containerPort":80,"hostPort":81}]}]}}
            """,
            [
                "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
                "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
                "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the \"priorityClassName\" field instead",
                "spec.hostAliases[1].ip: duplicate ip \"1.1.1.1\"",
                "spec.imagePullSecrets[0].name: invalid empty name \"\"",
                "spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is invalid, must be an integer",
                "spec.containers[0].resources.requests[memory]: fractional byte value \"1500m\" is invalid, must be an integer",
                "spec.containers[0].env[2]: hides previous definition of \"X\", which may be dropped when using apply",
                "spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]",
                "spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
                "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod",
            ]
        },
        {
            "/apis/apps/v1/namespaces/default/deployments",
            """
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"},
            "annotations":{"container.apparmor.security.beta.kubernetes.io/c":"unconfined"}},"spec":{"containers":[{"name":"c","image":"i"}],
            "volumes":[{"name":"v","rbd":{"image":"i","monitors":["m"]}}]}}}}
            """,
            [
                "spec.template.spec.volumes[0].rbd: deprecated in v1.28, non-functional in v1.31+",
                "spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the \"appArmorProfile\" field instead",
            ]
        },
        {
            "/api/v1/namespaces/default/services",
            """{"metadata":{"name":"s"},"spec":{"clusterIP":"None","sessionAffinity":"ClientIP","ports":[{"port":80}],"trafficDistribution":"PreferClose"}}""",
            ["spec.SessionAffinity is ignored for headless services", "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""]
        },
        {
            "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            """{"metadata":{"name":"i","annotations":{"kubernetes.io/ingress.class":"x"}},"spec":{"defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}""",
            ["annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"]
        },
        {
            "/api/v1/namespaces/default/persistentvolumeclaims",
            """
            {"metadata":{"name":"c","annotations":{"volume.beta.kubernetes.io/storage-class":"x"}},"spec":{"accessModes":["ReadWriteOnce"],
            "resources":{"requests":{"storage":"1500m"}}}}
            """,
            [
                "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use \"storageClassName\" attribute instead",
                "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an integer",
            ]
        },
        {
            "/api/v1/namespaces/default/endpoints", """{"metadata":{"name":"e"}}""",
            ["v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"]
        },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_is_warned_of_what_is_questionable(string path, string body, string[] expected)
    {
        await using var server = await TestServer.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(path, content);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        Assert.Equal(expected, Warnings(answer));
    }

    [Fact]
    public async Task A_template_that_does_not_change_is_not_spoken_of_again()
    {
        await using var server = await TestServer.StartAsync();
        const string Path = "/apis/apps/v1/namespaces/default/statefulsets";
        using var content = new StringContent(
            """
            {"metadata":{"name":"s"},"spec":{"revisionHistoryLimit":-1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """, System.Text.Encoding.UTF8, "application/json");
        using var made = await server.Http.PostAsync(Path, content);
        Assert.Equal(["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"], Warnings(made));
        using var label = new StringContent("""{"metadata":{"labels":{"x":"y"}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        using var labelled = await server.Http.PatchAsync(Path + "/s", label);
        Assert.Equal(HttpStatusCode.OK, labelled.StatusCode);
        Assert.Empty(Warnings(labelled));
    }

    private static string[] Warnings(HttpResponseMessage answer) => answer.Headers.TryGetValues("Warning", out var values)
        ? [.. values.Select(v => v["299 - \"".Length..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal))]
        : [];
}
