using System.Security.Cryptography;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Servers that sign service-account tokens, and so want pods to run as service accounts.</summary>
internal static class SecureServer
{
    public static KubeApiServerOptions Options() => new() { ServiceAccountKey = ECDsa.Create(ECCurve.NamedCurves.nistP256) };

    /// <summary>A server whose default namespace has its default service account, as the controllers would have made it.</summary>
    public static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartAsync(Options());
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
        return server;
    }
}
