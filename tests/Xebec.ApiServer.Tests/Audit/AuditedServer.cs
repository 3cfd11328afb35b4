using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Tests.Authentication;

namespace Xebec.ApiServer.Tests.Audit;

/// <summary>A server that records requests by a policy; what it has written is read once it has stopped.</summary>
internal sealed class AuditedServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private bool _stopped;

    private AuditedServer(TemporaryFolder folder, TestServer server) => (_folder, Server) = (folder, server);

    public TestServer Server { get; }

    public static async Task<AuditedServer> StartAsync(string rules, Func<KubeApiServerOptions, KubeApiServerOptions>? adjust = null)
    {
        var folder = new TemporaryFolder();
        var options = SecureServer.Options() with
        {
            Audit = new AuditOptions
            {
                PolicyFile = folder.Write("policy.yaml", $"apiVersion: audit.k8s.io/v1\nkind: Policy\n{rules}"),
                LogPath = folder.File("audit.log"),
            },
        };
        return new AuditedServer(folder, await TestServer.StartAsync(adjust is null ? options : adjust(options)));
    }

    /// <summary>Stops the server and returns the text it has written.</summary>
    public async Task<string> StopAsync()
    {
        _stopped = true;
        await Server.DisposeAsync();
        return await File.ReadAllTextAsync(_folder.File("audit.log"));
    }

    /// <summary>Stops the server and returns the events of a stage.</summary>
    public async Task<List<ObjectValue>> EventsAsync(string stage = "ResponseComplete")
    {
        var lines = (await StopAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(l => (ObjectValue)Value.Parse(l)).Where(e => e.GetString("stage") == stage)];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await Server.DisposeAsync();
        _folder.Dispose();
    }
}
