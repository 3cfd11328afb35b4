using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ComponentBase.Certificates;
using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class ClusterSessionTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ControlPlaneComesBackWithItsData()
    {
        var options = new ClusterOptions { DataFolder = new DataFolder(_folder.File("data")), Port = FreePort() };
        var first = await RunAsync(options, async session =>
        {
            session.WriteKubeconfig(_folder.File("kubeconfig"));
            using var api = Connect(session);
            await api.ApplyAsync("/api/v1/namespaces/kept", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: kept\n", default);
        });
        var second = await RunAsync(options, async session =>
        {
            using var api = Connect(session);
            await api.WatchUntilAsync("/api/v1/namespaces", "metadata.name=kept", _ => true, Limit, default);
        });

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(_folder.File("kubeconfig"), second.KubeconfigPath);
        Assert.Contains($"server: https://127.0.0.1:{options.Port}", File.ReadAllText(second.KubeconfigPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComponentsReachTheServerInProcessAndOthersAsTheirUser()
    {
        var options = new ClusterOptions { DataFolder = new DataFolder(_folder.File("data")), Port = FreePort() };
        await RunAsync(options, async session =>
        {
            using var inside = session.Context.Clients.Connect("scheduler", ClusterProfiles.Scheduler, "kube-scheduler");
            using var outside = session.Context.Clients.ConnectRemote("scheduler", ClusterProfiles.Scheduler, "kube-scheduler");
            foreach (var client in new[] { inside, outside })
            {
                using var response = await client.SendAsync(HttpMethod.Get, "/api/v1/nodes");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        });
    }

    private static async Task<ClusterState> RunAsync(ClusterOptions options, Func<ClusterSession, Task> work)
    {
        await using var session = ClusterSession.Open(options, "server", NullLoggerFactory.Instance, TimeProvider.System);
        await session.StartAsync(ControlPlane.Components, default);
        using var api = Connect(session);
        await api.WaitReadyAsync(Limit, default);
        await work(session);
        return ClusterState.Read(options.DataFolder.StateFile)!;
    }

    private static ApiConnection Connect(ClusterSession session) =>
        new(session.Context.ServerUrl, session.Context.Certificates, TimeProvider.System);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
