using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Lifecycle;

/// <summary>eng/publish makes one native file that needs nothing beside it: it starts, becomes ready and serves kubectl.</summary>
public sealed class NativeFileTests : IDisposable
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(12);
    private readonly string _folder = Directory.CreateTempSubdirectory("xebec-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_published_file_serves_a_cluster()
    {
        if (Requirements.Missing() is { } missing) Assert.Skip($"SKIPPED: {missing}");
        var file = Path.Combine(_folder, "xebec");
        (await CommandRunner.OnMachine.RunAsync(
            Path.Combine(Checkout.Root, "eng/publish"), [file], limit: PublishLimit)).MustSucceed();
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        using var server = CommandRunner.OnMachine.StartInBackground(
            file, ["server", "--data-dir", Path.Combine(_folder, "data"), "--port", port, "--kubeconfig", kubeconfig]);
        try
        {
            await Eventually.HoldsAsync("the default ServiceAccount exists", TimeSpan.FromSeconds(60), async () =>
            {
                var seen = await CommandRunner.OnMachine.RunAsync("kubectl", ["--kubeconfig", kubeconfig, "get", "serviceaccount", "default", "-o", "name"]);
                return seen.Output.Contains("serviceaccount/default", StringComparison.Ordinal) ? null : seen.Output + seen.Error;
            });
        }
        finally
        {
            await StopAsync(server);
        }
    }

    private static async Task StopAsync(Process server)
    {
        (await CommandRunner.OnMachine.RunAsync("kill", [server.Id.ToString(CultureInfo.InvariantCulture)])).MustSucceed();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await server.WaitForExitAsync(patience.Token);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
