using System.Net;
using Xebec.ApiServer.Tests.Authentication;

namespace Xebec.ApiServer.Tests.Admission;

/// <summary>Which secrets a pod may refer to, by its service account.</summary>
public sealed class ServiceAccountSecretsTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Theory]
    [InlineData(""" "volumes":[{"name":"v","secret":{"secretName":"listed"}}],"imagePullSecrets":[{"name":"pull"}] """, "")]
    [InlineData(""" "volumes":[{"name":"v","secret":{"secretName":"other"}}] """,
        "volume with secret.secretName=\"other\" is not allowed because service account careful does not reference that secret")]
    [InlineData(""" "initContainers":[{"name":"i","image":"i","env":[{"name":"E","valueFrom":{"secretKeyRef":{"name":"other","key":"k"}}}]}] """,
        "init container i with envVar E referencing secret.secretName=\"other\" is not allowed because service account careful does not reference that secret")]
    [InlineData(""" "imagePullSecrets":[{"name":"pull"},{"name":"other"}] """,
        "imagePullSecrets[1].name=\"other\" is not allowed because service account careful does not reference that imagePullSecret")]
    public async Task An_account_that_is_annotated_so_gives_its_own_secrets_only(string spec, string problem)
    {
        await using var server = await SecureServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Core + "/serviceaccounts", """
            {"metadata":{"name":"careful","annotations":{"kubernetes.io/enforce-mountable-secrets":"true"}},"secrets":[{"name":"listed"}],
            "imagePullSecrets":[{"name":"pull"}]}
            """);
        var (code, answer) = await server.SendAsync(
            HttpMethod.Post, Core + "/pods",
            $$$"""{"metadata":{"name":"p"},"spec":{"serviceAccountName":"careful","containers":[{"name":"c","image":"i"}],{{{spec}}} } }""");
        Assert.True(code == (problem.Length == 0 ? HttpStatusCode.Created : HttpStatusCode.Forbidden), answer.ToString());
        if (problem.Length > 0)
            Assert.EndsWith(problem, answer.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "serviceAccountName":"default" """, "a mirror pod may not reference service accounts")]
    [InlineData(""" "volumes":[{"name":"v","secret":{"secretName":"s"}}] """, "a mirror pod may not reference secrets")]
    [InlineData(""" "volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}] """, "a mirror pod may not use ServiceAccountToken volume projections")]
    public async Task A_mirror_pod_gets_nothing_from_the_server(string spec, string problem)
    {
        await using var server = await SecureServer.StartAsync();
        var (code, answer) = await server.SendAsync(
            HttpMethod.Post, Core + "/pods",
            $$$"""{"metadata":{"name":"m","annotations":{"kubernetes.io/config.mirror":"x"} },"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}],{{{spec}}} } }""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.EndsWith(problem, answer.GetString("message"), StringComparison.Ordinal);
    }
}
