using System.Net;
using System.Net.Sockets;
using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class ClusterStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StateIsKept()
    {
        var state = ClusterState.Create(6443, "node1") with { KubeconfigPath = "/x" };
        state.Write(_folder.File("cluster.json"));

        Assert.Equal(state, ClusterState.Read(_folder.File("cluster.json")));
        Assert.Null(ClusterState.Read(_folder.File("absent.json")));
        Assert.Matches("^[a-z2-9]{6}$", state.Id);
        Assert.NotEqual(state.Id, ClusterState.Create(6443, "node1").Id);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id":"a"}""")]
    public void DamagedStateIsReported(string text)
    {
        var failure = Assert.Throws<HostException>(() => ClusterState.Read(_folder.File("cluster.json", text)));

        Assert.Contains("is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandLineOverridesWhatIsKept()
    {
        var options = new ClusterOptions { DataFolder = new DataFolder(_folder.Path) };
        var kept = new ClusterState("abcdef", 7000, "old", "/k");

        Assert.Equal(kept, options.Resolve(kept, "HOST"));
        Assert.Equal((6443, "host"), (options.Resolve(null, "HOST").Port, options.Resolve(null, "HOST").NodeName));
        Assert.Equal(new ClusterState("abcdef", 8000, "new", "/k"), (options with { Port = 8000, NodeName = "new" }).Resolve(kept, "HOST"));
    }

    [Fact]
    public void OneProcessHoldsAPart()
    {
        var folder = new DataFolder(_folder.Path);
        using (ClusterLock.Take(folder, "up"))
        {
            var failure = Assert.Throws<HostException>(() => ClusterLock.Take(folder, "up"));
            Assert.Contains($"is running already as process {Environment.ProcessId}", failure.Message, StringComparison.Ordinal);
        }

        ClusterLock.Take(folder, "up").Dispose();
        Assert.False(File.Exists(folder.PidFile("up")));
    }

    [Fact]
    public void TakenPortIsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var failure = Assert.Throws<HostException>(() => ClusterLock.CheckPortIsFree(port));
        Assert.Contains($"port {port} is taken", failure.Message, StringComparison.Ordinal);
    }
}
