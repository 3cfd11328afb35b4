using Xebec.ComponentBase.Health;

namespace Xebec.ComponentBase.Tests.Health;

public sealed class HealthChecksTests
{
    [Fact]
    public async Task VerboseReportIsUpstreams()
    {
        var checks = new HealthChecks("readyz");
        checks.Add(HealthCheck.Ping);
        checks.Add(HealthCheck.FromFlag("etcd", () => true, "no"));

        Assert.Equal("[+]ping ok\n[+]etcd ok\nreadyz check passed\n", (await checks.ReportAsync([], true, default)).Body);
        Assert.Equal("ok", (await checks.ReportAsync([], false, default)).Body);
    }

    [Fact]
    public async Task FailureHidesItsReasonAndIs500()
    {
        var checks = new HealthChecks("livez");
        checks.Add(HealthCheck.Ping);
        checks.Add(new HealthCheck("store", _ => throw new IOException("disk full")));

        var report = await checks.ReportAsync([], false, default);
        Assert.Equal(500, report.StatusCode);
        Assert.Equal("[+]ping ok\n[-]store failed: reason withheld\nlivez check failed\n", report.Body);
        Assert.Equal(["store: disk full"], report.Problems);
        Assert.Equal(500, (await checks.ReportOneAsync("store", default))!.StatusCode);
        Assert.Null(await checks.ReportOneAsync("other", default));
    }

    [Fact]
    public async Task ExcludedChecksDoNotRun()
    {
        var checks = new HealthChecks("healthz");
        checks.Add(new HealthCheck("store", _ => throw new IOException()));

        Assert.Equal(
            "[+]store excluded: ok\nwarn: some health checks cannot be excluded: no matches for \"x\"\nhealthz check passed\n",
            (await checks.ReportAsync(["store", "x"], true, default)).Body);
    }

    [Fact]
    public async Task SecondCheckOfANameReplacesTheFirst()
    {
        var checks = new HealthChecks("healthz");
        checks.Add(HealthCheck.FromFlag("a", () => false, "not yet"));
        checks.Add(HealthCheck.FromFlag("a", () => true, "not yet"));

        Assert.Equal(200, (await checks.ReportAsync([], true, default)).StatusCode);
        Assert.Single(checks.Checks);
    }
}
