using Xebec.EndToEnd.Tests.Images;

namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>
/// A running cluster with the test image loaded and, where Debian's docker-registry is installed, a registry that serves as its mirror. On a
/// machine that cannot run one, <see cref="Missing"/> says why, and <see cref="ClusterTest"/> skips.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private Cluster? _cluster;

    /// <summary>Why there is no cluster; null when there is.</summary>
    public string? Missing { get; } = Requirements.Missing();

    public Cluster Cluster => _cluster ?? throw new InvalidOperationException(Missing ?? "the cluster did not start");

    /// <summary>The registry; null when docker-registry is not installed.</summary>
    public Registry? Registry { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        _cluster = await Cluster.CreateAsync();
        try
        {
            Registry = await Registry.StartAsync(_cluster);
            await _cluster.UpAsync(Registry is null ? [] : ["--registry-mirror", Registry.Url]);
            await _cluster.BuildImageAsync(TestImage.Name, await TestImage.WriteContextAsync(Path.Combine(_cluster.Folder, "image")));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Registry is not null) await Registry.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}
