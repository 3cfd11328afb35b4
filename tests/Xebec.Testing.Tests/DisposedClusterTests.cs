using System.Reflection;
using System.Runtime.CompilerServices;

namespace Xebec.Testing.Tests;

/// <summary>A test process makes hundreds of clusters: what keeps one of them in memory keeps all of them.</summary>
public sealed class DisposedClusterTests
{
    private const int MostCollections = 50;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public async Task NothingHoldsAClusterThatWasDisposed(bool controllers, int nodes)
    {
        // Several, because whatever ran last may still hang on a thread: of all but the newest nothing may be left.
        var clusters = new List<Dictionary<string, WeakReference>>();
        for (var i = 0; i < 3; i++)
            clusters.Add(await Task.Run(() => RunAsync(controllers, nodes)));
        var left = Left(clusters);
        for (var i = 0; i < MostCollections && left.Length > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
            left = Left(clusters);
        }

        Assert.True(left.Length == 0, $"still in memory: {string.Join(", ", left)}");
    }

    private static string[] Left(List<Dictionary<string, WeakReference>> clusters) =>
        [.. clusters[..^1].SelectMany(c => c).Where(part => part.Value.IsAlive).Select(part => part.Key).Distinct()];

    // A frame of its own: nothing of the cluster may live on in a local of the test.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<Dictionary<string, WeakReference>> RunAsync(bool controllers, int nodes)
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Controllers = controllers, Nodes = nodes });
        var parts = PartsOf(cluster);
        await cluster.DisposeAsync();
        return parts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Dictionary<string, WeakReference> PartsOf(TestCluster cluster)
    {
        var parts = new Dictionary<string, WeakReference> { ["the cluster"] = new WeakReference(cluster) };
        foreach (var name in new[] { "_server", "_store", "_controllers" })
            parts[name] = new WeakReference(typeof(TestCluster).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(cluster));
        return parts;
    }
}
