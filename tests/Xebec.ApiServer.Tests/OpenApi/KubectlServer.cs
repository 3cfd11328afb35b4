using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Kubeconfig;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>A server on a loopback port, and the kubectls of the machine that talk to it.</summary>
internal sealed class KubectlServer : IAsyncDisposable
{
    private static readonly string[] Folders = ["/usr/lib/google-cloud-sdk/bin", "/usr/local/bin", "/usr/bin"];

    private KubectlServer(string folder, TestServer server) => (Folder, Server) = (folder, server);

    public TestServer Server { get; }

    /// <summary>What tests put here goes with the server.</summary>
    public string Folder { get; }

    /// <summary>Every kubectl.1.NN that the machine has, oldest first; the test skips when there is none.</summary>
    public static IReadOnlyList<string> Binaries()
    {
        var binaries = Folders.Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f, "kubectl.1.*")).Order(StringComparer.Ordinal).ToList();
        if (binaries.Count == 0)
            Assert.Skip($"NOT TESTED: no kubectl.1.NN in {string.Join(", ", Folders)}");
        return binaries;
    }

    public static async Task<KubectlServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("xebec-kubectl-test-").FullName;
        var certificates = ClusterCertificates.Open(Path.Combine(folder, "pki"), TimeProvider.System);
        var server = await TestServer.StartAsync(new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, FreePort()),
            AdvertiseAddress = IPAddress.Parse("192.0.2.1"),
            ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
            ClientAuthority = certificates.Authority.Root.Certificate,
        });
        await WriteKubeconfigAsync(folder, server.Address!, certificates);
        return new KubectlServer(folder, server);
    }

    /// <summary>Runs a kubectl that must succeed; returns what it printed.</summary>
    public async Task<string> RunAsync(string kubectl, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(kubectl, "", arguments);
        Assert.True(exitCode == 0, $"{Path.GetFileName(kubectl)} {string.Join(' ', arguments)}: {error}");
        return output;
    }

    /// <summary>Runs a kubectl with some input.</summary>
    public async Task<(int ExitCode, string Output, string Error)> TryAsync(string kubectl, string input, params string[] arguments)
    {
        using var process = Start(kubectl, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Starts a kubectl; it ends by itself or is killed by the caller.</summary>
    public Process Start(string kubectl, params string[] arguments)
    {
        var start = new ProcessStartInfo(kubectl, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Insert(0, "--kubeconfig=" + Path.Combine(Folder, "kubeconfig"));
        start.ArgumentList.Insert(1, "--cache-dir=" + Path.Combine(Folder, Path.GetFileName(kubectl)));
        return Process.Start(start)!;
    }

    // The kubernetes Service leads to the port, so that it must be known before the server starts.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task WriteKubeconfigAsync(string folder, Uri server, ClusterCertificates certificates)
    {
        var admin = certificates.Get("admin", ClusterProfiles.Admin).Current;
        var entry = new KubeconfigEntry("test", server, certificates.Authority.Root.CertificatePem, admin.CertificatePem, admin.KeyPem);
        return File.WriteAllTextAsync(Path.Combine(folder, "kubeconfig"), KubeconfigText.Write(entry));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
