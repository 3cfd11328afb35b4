using Xebec.ApiMachinery.Quantities;
using Xebec.Api.Core.V1;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.NodeName;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Framework;

public sealed class ProfileTests
{
    [Fact]
    public void A_plugin_registered_twice_is_refused()
    {
        var table = new PluginRegistration[] { new("NodeName", 0, _ => new NodeNamePlugin()), new("NodeName", 0, _ => new NodeNamePlugin()) };
        var e = Assert.Throws<InvalidOperationException>(() => new Profile(table, null));
        Assert.Equal("a plugin named NodeName already exists", e.Message);
    }

    [Fact]
    public void A_plugin_under_another_name_or_with_a_weight_it_has_no_use_for_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new Profile([new PluginRegistration("Other", 0, _ => new NodeNamePlugin())], null));
        Assert.Throws<InvalidOperationException>(() => new Profile([new PluginRegistration("NodeName", 1, _ => new NodeNamePlugin())], null));
    }

    [Theory]
    [InlineData("100m", null, "0", 100)]
    [InlineData("100m", "300m", "0", 300)]
    [InlineData("100m", "50m", "0", 100)]
    [InlineData("100m", "50m", "25m", 125)]
    public void A_pod_asks_for_the_most_it_needs_at_any_time_and_its_overhead(string main, string? init, string overhead, long expected)
    {
        var pod = Info("p", main, change: p =>
        {
            if (init is not null)
                p.Spec.InitContainers.Add(Init(init, isSidecar: false));
            p.Spec.Overhead["cpu"] = Quantity.Parse(overhead);
        });
        Assert.Equal(expected, pod.Requests.MilliCpu);
    }

    [Fact]
    public void Sidecars_run_beside_what_comes_after_them()
    {
        var pod = Info("p", "100m", change: p => p.Spec.InitContainers.AddRange([Init("10m", false), Init("50m", true), Init("300m", false), Init("20m", true)]));
        Assert.Equal(350, pod.Requests.MilliCpu);
        Assert.Equal(170, Info("q", "100m", change: p => p.Spec.InitContainers.AddRange([Init("50m", true), Init("20m", true)])).Requests.MilliCpu);
    }

    [Fact]
    public void Pods_that_differ_in_name_and_labels_only_have_one_signature()
    {
        Assert.Equal(Info("a", "1").Signature, Info("b", "1", change: p => p.Metadata.Labels["x"] = "y").Signature);
        Assert.NotEqual(Info("a", "1").Signature, Info("a", "2").Signature);
        Assert.NotEqual(Info("a", "1").Signature, Info("a", "1", change: p => p.Spec.NodeSelector["x"] = "y").Signature);
    }

    private static Container Init(string cpu, bool isSidecar)
    {
        var container = new Container { Name = $"i{cpu}", RestartPolicy = isSidecar ? "Always" : null };
        container.Resources.Requests["cpu"] = Quantity.Parse(cpu);
        return container;
    }
}
