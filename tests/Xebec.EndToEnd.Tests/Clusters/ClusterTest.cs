namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>A test on a running cluster: skips where none can run, shows the cluster's state when it fails.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    private readonly ClusterFixture _fixture;
    private readonly ITestOutputHelper _output;

    protected ClusterTest(ClusterFixture fixture, ITestOutputHelper output)
    {
        (_fixture, _output) = (fixture, output);
        if (fixture.Missing is { } missing) Assert.Skip($"SKIPPED: {missing}");
    }

    protected Cluster Cluster => _fixture.Cluster;

    protected Registry? Registry => _fixture.Registry;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed) _output.WriteLine(await Cluster.DiagnoseAsync());
    }
}
