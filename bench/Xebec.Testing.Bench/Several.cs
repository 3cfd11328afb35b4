namespace Xebec.Testing.Bench;

/// <summary>Clusters that end together.</summary>
internal sealed class Several(TestCluster[] clusters) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Task.WhenAll(clusters.Select(c => c.DisposeAsync().AsTask()));
}
