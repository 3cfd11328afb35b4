using Microsoft.Extensions.Logging;
using Xebec.ComponentBase;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Kubeconfig;
using Xebec.ComponentBase.Metrics;

namespace Xebec.Host.Clusters;

/// <summary>One run of a cluster, or of a part of one, in this process: opened, then started part by part, then disposed.</summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    public const string KubeconfigContext = "xebec";
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClusterLock _lock;
    private readonly RunningComponents _running;
    private readonly IdleMemory _idleMemory;
    private Task _renewal = Task.CompletedTask;
    private int _disposed;

    private ClusterSession(ClusterLock clusterLock, ComponentContext context)
    {
        (_lock, Context) = (clusterLock, context);
        _running = new RunningComponents(context.LoggerFactory.CreateLogger("Host"));
        _idleMemory = new IdleMemory(context.TimeProvider);
    }

    public ComponentContext Context { get; }

    /// <summary>Takes the data folder for this process and reads, or makes, what the cluster is.</summary>
    public static ClusterSession Open(ClusterOptions options, string part, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        PrivateFile.CreateFolder(options.DataFolder.Root);
        var clusterLock = ClusterLock.Take(options.DataFolder, part);
        try
        {
            var state = options.Resolve(ClusterState.Read(options.DataFolder.StateFile), System.Net.Dns.GetHostName());
            state.Write(options.DataFolder.StateFile);
            var certificates = ClusterCertificates.Open(options.DataFolder.Pki, timeProvider);
            var metrics = new MetricsRegistry();
            ProcessMetrics.Register(metrics);
            var context = new ComponentContext(options, state, certificates, metrics, loggerFactory, timeProvider);
            return new ClusterSession(clusterLock, context);
        }
        catch
        {
            clusterLock.Dispose();
            throw;
        }
    }

    /// <summary>Starts the rows of a table.</summary>
    public Task StartAsync(IEnumerable<ComponentEntry> table, CancellationToken cancellationToken) =>
        _running.StartAsync(table, Context, cancellationToken);

    /// <summary>Keeps certificates, and the kubeconfig that carries one, renewed until the session ends.</summary>
    public void StartRenewal(string? kubeconfigPath) => _renewal = Context.Certificates.RunRenewalAsync(
        certificate =>
        {
            if (kubeconfigPath is not null && certificate == AdminCertificate(Context.Certificates)) WriteKubeconfig(kubeconfigPath);
        },
        _stopping.Token);

    /// <summary>Merges the cluster's context into the kubeconfig and remembers where.</summary>
    public void WriteKubeconfig(string path)
    {
        KubeconfigFile.Merge(path, Entry(Context));
        (Context.State with { KubeconfigPath = path }).Write(Context.DataFolder.StateFile);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _idleMemory.Dispose();
        await _running.DisposeAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lock.Dispose();
        _stopping.Dispose();
    }

    private static RenewingCertificate AdminCertificate(ClusterCertificates certificates) =>
        certificates.Get("admin", ClusterProfiles.Admin);

    private static KubeconfigEntry Entry(ComponentContext context)
    {
        var admin = AdminCertificate(context.Certificates).Current;
        var authority = context.Certificates.Authority.Root.CertificatePem;
        return new KubeconfigEntry(KubeconfigContext, context.ServerUrl, authority, admin.CertificatePem, admin.KeyPem);
    }
}
