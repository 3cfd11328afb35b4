using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xebec.Api;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Kubeconfig;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>What kubectl makes of discovery, OpenAPI and tables, with every kubectl that the machine has.</summary>
public sealed class KubectlTests
{
    private static readonly string[] Folders = ["/usr/lib/google-cloud-sdk/bin", "/usr/local/bin", "/usr/bin"];

    [Fact]
    public async Task Every_kubectl_lists_explains_and_prints_every_kind()
    {
        var binaries = Folders.Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f, "kubectl.1.*")).ToList();
        if (binaries.Count == 0)
            Assert.Skip($"NOT TESTED: no kubectl.1.NN in {string.Join(", ", Folders)}");
        var folder = Directory.CreateTempSubdirectory("xebec-kubectl-test-").FullName;
        try
        {
            var certificates = ClusterCertificates.Open(Path.Combine(folder, "pki"), TimeProvider.System);
            await using var server = await TestServer.StartAsync(new KubeApiServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, FreePort()),
                AdvertiseAddress = IPAddress.Parse("192.0.2.1"),
                ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
                ClientAuthority = certificates.Authority.Root.Certificate,
            });
            await WriteKubeconfigAsync(folder, server.Address!, certificates);
            await Task.WhenAll(binaries.Select(binary => CheckAsync(binary, folder)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CheckAsync(string kubectl, string folder)
    {
        var listable = BuiltIn.Resources.Where(r => r.Verbs.Contains("list")).Select(r => r.QualifiedPlural).Distinct().ToList();
        var names = await RunAsync(kubectl, folder, "api-resources", "--verbs=list", "-o", "name");
        Assert.Equal(listable.ToHashSet(), names.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        await RunAsync(kubectl, folder, "get", string.Join(',', listable.Where(r => r != "componentstatuses")), "-A", "-o", "wide");
        Assert.Contains("default", await RunAsync(kubectl, folder, "get", "namespaces"));
        Assert.Contains("rollingUpdate", await RunAsync(kubectl, folder, "explain", "deployment.spec.strategy"));
        Assert.Contains("imagePullPolicy", await RunAsync(kubectl, folder, "explain", "deployment", "--recursive"));
        Assert.Contains("averageUtilization", await RunAsync(kubectl, folder, "explain", "hpa", "--recursive"));
        Assert.Contains(
            "rollingUpdate", await RunAsync(kubectl, folder, "explain", "deployment.spec.strategy", "--output=plaintext-openapiv2"));
        Assert.Contains("dry run", await RunAsync(kubectl, folder, "create", "configmap", "c", "--dry-run=server"));
    }

    private static async Task<string> RunAsync(string kubectl, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(kubectl, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Insert(0, "--kubeconfig=" + Path.Combine(folder, "kubeconfig"));
        start.ArgumentList.Insert(1, "--cache-dir=" + Path.Combine(folder, Path.GetFileName(kubectl)));
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(kubectl)} {string.Join(' ', arguments)}: {await error}");
        return output;
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
}
