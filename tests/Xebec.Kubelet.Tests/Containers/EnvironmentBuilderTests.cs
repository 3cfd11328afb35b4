using Xebec.Api.Core.V1;
using Xebec.Kubelet.Containers;

namespace Xebec.Kubelet.Tests.Containers;

public sealed class EnvironmentBuilderTests
{
    [Theory]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(B)", "x1y2")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$(MISSING)", "$(MISSING)")]
    [InlineData("$(A", "$(A")]
    [InlineData("a$", "a$")]
    [InlineData("$x", "$x")]
    public void ExpandsVariables(string text, string expected) =>
        Assert.Equal(expected, VariableExpansion.Expand(text, name => name switch { "A" => "1", "B" => "2", _ => null }));

    [Fact]
    [Conformance("[sig-node] Variable Expansion should allow composing env vars into new env vars [NodeConformance]")]
    public void LaterValuesSeeEarlierOnes()
    {
        var container = Pods.Container("a");
        container.Env = [new() { Name = "A", Value = "1" }, new() { Name = "B", Value = "$(A)2" }, new() { Name = "A", Value = "3" }];
        Assert.Equal("A=3 B=12", Build(new EnvironmentInput(Pods.New("web", container), container)));
    }

    [Fact]
    [Conformance("[sig-node] ConfigMap should be consumable via the environment [NodeConformance]")]
    public void ConfigMapsComeWithTheirPrefixAndAreOverruled()
    {
        var container = Pods.Container("a");
        container.EnvFrom = [new() { Prefix = "P_", ConfigMapRef = new() { Name = "m" } }];
        container.Env = [new() { Name = "P_X", Value = "own" }];
        var input = new EnvironmentInput(Pods.New("web", container), container)
        {
            ConfigMaps = new Dictionary<string, ConfigMap> { ["m"] = new() { Data = { ["X"] = "1", ["Y"] = "2" } } },
        };
        Assert.Equal("P_X=own P_Y=2", Build(input));
    }

    [Fact]
    public void AMissingKeyFailsUnlessItIsOptional()
    {
        var container = Pods.Container("a");
        var selector = new ConfigMapKeySelector { Name = "m", Key = "k" };
        container.Env = [new() { Name = "A", ValueFrom = new() { ConfigMapKeyRef = selector } }];
        var input = new EnvironmentInput(
            Pods.New("web", container), container) { ConfigMaps = new Dictionary<string, ConfigMap> { ["m"] = new() } };
        Assert.Equal("couldn't find key k in ConfigMap default/m", Assert.Throws<ContainerConfigException>(() => Build(input)).Message);
        selector.Optional = true;
        Assert.Equal("", Build(input));
    }

    [Fact]
    public void FieldsAndResourcesAreRead()
    {
        var container = Pods.Container("a");
        container.Resources.Limits["memory"] = ApiMachinery.Quantities.Quantity.Parse("64Mi");
        container.Env =
        [
            new() { Name = "IP", ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } } },
            new() { Name = "L", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.labels['app']" } } },
            new() { Name = "M", ValueFrom = new() { ResourceFieldRef = new(
                ) { Resource = "limits.memory", Divisor = ApiMachinery.Quantities.Quantity.Parse("1Mi") } } },
        ];
        var pod = Pods.New("web", container).With(p => p.Metadata.Labels["app"] = "shop");
        Assert.Equal("IP=10.1.1.1 L=shop M=64", Build(new EnvironmentInput(pod, container) { PodIps = ["10.1.1.1"] }));
    }

    [Fact]
    [Conformance("[sig-node] Pods should contain environment variables for services [NodeConformance]")]
    public void ServicesAreAnnounced()
    {
        var service = new Service();
        service.Metadata.Name = "my-db";
        service.Spec.ClusterIP = "10.0.0.9";
        service.Spec.Ports = [new() { Port = 80, Protocol = "TCP", Name = "http" }];
        var variables = ServiceEnvironment.Build([service]);
        Assert.Equal("10.0.0.9", variables["MY_DB_SERVICE_HOST"]);
        Assert.Equal("80", variables["MY_DB_SERVICE_PORT_HTTP"]);
        Assert.Equal("tcp://10.0.0.9:80", variables["MY_DB_PORT_80_TCP"]);
    }

    private static string Build(EnvironmentInput input) =>
        string.Join(' ', EnvironmentBuilder.Build(input).Select(pair => $"{pair.Key}={pair.Value}"));
}
