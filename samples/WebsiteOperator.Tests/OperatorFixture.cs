using k8s;
using k8s.Models;
using Xebec.Testing;

namespace WebsiteOperator.Tests;

/// <summary>A cluster with the operator's manifests, two nodes, and the operator itself running as its service account.</summary>
internal sealed class OperatorFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Kubernetes _operatorClient;
    private readonly Task _running;

    private OperatorFixture(TestCluster cluster)
    {
        Cluster = cluster;
        Client = Connect(cluster.HttpHandler());
        Sites = new GenericClient(Client, Website.GroupName, Website.Version, Website.Plural, disposeClient: false);
        _operatorClient = Connect(cluster.HttpHandler("system:serviceaccount:website-operator:operator"));
        _running = new WebsiteController(_operatorClient, cluster.Time, Console.Error.WriteLine).RunAsync(_stop.Token);
    }

    public TestCluster Cluster { get; }

    public Kubernetes Client { get; }

    public GenericClient Sites { get; }

    public static async Task<OperatorFixture> StartAsync()
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        using var client = Connect(cluster.HttpHandler());
        await ApplyAsync(client, "crd.yaml");
        await cluster.WaitForAsync<Xebec.Api.Apiextensions.V1.CustomResourceDefinition>(
            "", "websites.samples.xebec.example", crd => crd.Status.Conditions.Exists(c => c is { Type: "Established", Status: "True" }));
        await ApplyAsync(client, "operator.yaml");
        return new OperatorFixture(cluster);
    }

    /// <summary>The Website as soon as it is as wanted; looks at every change.</summary>
    public async Task<Website> UntilAsync(string name, Func<Website, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var (_, site) in Sites.WatchNamespacedAsync<Website>("default", cancel: patience.Token))
        {
            if (site.Metadata.Name == name && isWanted(site))
                return site;
        }

        throw new TimeoutException($"website {name} is not as wanted");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        Sites.Dispose();
        Client.Dispose();
        _operatorClient.Dispose();
        await Cluster.DisposeAsync();
        _stop.Dispose();
    }

    private static Kubernetes Connect(DelegatingHandler handler) =>
        new(new KubernetesClientConfiguration { Host = "https://kubernetes.test" }, handler);

    private static async Task ApplyAsync(Kubernetes client, string file)
    {
        var objects = await KubernetesYaml.LoadAllFromFileAsync(Path.Combine(AppContext.BaseDirectory, "manifests", file));
        foreach (var obj in objects)
        {
            _ = obj switch
            {
                V1CustomResourceDefinition crd => (object)await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(crd),
                V1Namespace ns => await client.CoreV1.CreateNamespaceAsync(ns),
                V1ServiceAccount account => await client.CoreV1.CreateNamespacedServiceAccountAsync(account, account.Metadata.NamespaceProperty),
                V1ClusterRole role => await client.RbacAuthorizationV1.CreateClusterRoleAsync(role),
                V1ClusterRoleBinding binding => await client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(binding),
                V1Deployment => "the operator runs in the test instead",
                _ => throw new NotSupportedException($"{obj.GetType()} in {file}"),
            };
        }
    }
}
