using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ComponentBase.Certificates;
using Xebec.Store.Sqlite;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>A child process that serves a folder's store over HTTPS until it is killed; prints its port once it is ready.</summary>
internal static class ServerChild
{
    public const string Argument = "--serve-until-killed";

    public static async Task<int> ServeUntilKilledAsync(string folder)
    {
        var certificates = ClusterCertificates.Open(folder, TimeProvider.System);
        var storeOptions = new SqliteStoreOptions { Path = Path.Combine(folder, "store.db") };
        await using var store = await SqliteStore.OpenAsync(storeOptions, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        var options = new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer(["localhost"], [IPAddress.Loopback])),
            ClientAuthority = certificates.Authority.Root.Certificate,
        };
        await using var server = new KubeApiServer(options, store, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync();
        Console.Out.WriteLine(server.Address!.Port);
        Console.Out.Flush();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
