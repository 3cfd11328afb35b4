using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Tests.Controllers.Namespaces;

public sealed class NamespaceTests
{
    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should guarantee kube-root-ca.crt exist in any namespace")]
    public async Task ANewNamespaceGetsItsServiceAccountAndRootCertificate()
    {
        await using var running = new RunningControllers();
        await running.Client.CreateAsync(NewNamespace());
        await running.UntilAsync<ServiceAccount>("shop", a => a.Count == 1 && a[0].Metadata.Name == "default");
        var configMaps = await running.UntilAsync<ConfigMap>("shop", c => c.Count == 1);
        Assert.Equal("PEM", configMaps[0].Data["ca.crt"]);
        await running.Client.DeleteAsync<ServiceAccount>("shop", "default");
        await running.UntilAsync<ServiceAccount>("shop", a => a.Count == 1);
    }

    [Fact]
    public async Task ADeletedNamespaceIsEmptiedAndGoes()
    {
        await using var running = new RunningControllers();
        await running.Client.CreateAsync(NewNamespace());
        await running.Client.CreateAsync(new Secret { Metadata = { Name = "s", Namespace = "shop" } });
        await running.Client.DeleteAsync<Namespace>("", "shop");
        await running.UntilAsync<Namespace>("", n => n.Count == 0);
        Assert.Empty((await running.Client.ListAsync<Secret>("shop")).Items);
    }

    [Fact]
    [Conformance("[sig-network] EndpointSlice should create and delete Endpoints and EndpointSlices for a Service with a selector specified")]
    [Conformance("[sig-network] Services should serve a basic endpoint from pods")]
    public async Task AServiceGetsSlicesAndEndpoints()
    {
        await using var running = new RunningControllers();
        await running.Client.CreateAsync(Sample.Service());
        var pod = Sample.Pod("a");
        await running.Client.CreateAsync(pod);
        await running.UntilAsync<EndpointSlice>("ns", s => s.Count == 1 && s[0].Endpoints.Exists(e => e.Conditions.Ready == true));
        await running.UntilAsync<Endpoints>("ns", e => e.Count == 1 && e[0].Subsets.Exists(s => s.Addresses.Count == 1));
        await running.Client.DeleteAsync<Pod>("ns", "a");
        await running.UntilAsync<EndpointSlice>("ns", s => s.Count == 1 && s[0].Endpoints.Count == 0);
    }

    private static Namespace NewNamespace() =>
        new() { Metadata = { Name = "shop" }, Spec = { Finalizers = ["kubernetes"] }, Status = { Phase = "Active" } };
}
