using Xebec.Api;
using Xebec.Api.Apiextensions.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.Client;

namespace Xebec.ControllerManager.Tests;

/// <summary>Controllers of all kinds know the kinds that definitions bring.</summary>
public sealed class CustomResourceTests
{
    private static readonly ResourceInfo Widgets = new()
    {
        GroupVersion = new GroupVersion("example.com", "v1"), Kind = "Widget", Plural = "widgets", Singular = "widget", Namespaced = true,
        StorageFolder = "example.com/widgets",
    };

    [Fact]
    public async Task ACustomResourceGoesWithItsOwner()
    {
        await using var running = await StartAsync();
        var owner = await running.Client.CreateAsync(new ConfigMap { Metadata = { Name = "owner", Namespace = "ns" } });
        await CreateWidgetAsync(running, $$"""
            "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{owner.Metadata.Uid}}"}]
            """);
        await running.Client.DeleteAsync<ConfigMap>("ns", "owner");
        await UntilGoneAsync(running);
    }

    [Fact]
    public async Task ANamespaceGoesWithItsCustomResources()
    {
        await using var running = await StartAsync();
        await CreateWidgetAsync(running, "\"labels\":{}");
        await running.Client.DeleteAsync<Namespace>("", "ns");
        await running.UntilAsync<Namespace>("", n => !n.Exists(x => x.Metadata.Name == "ns"));
        Assert.Empty((await running.Client.ListAsync<PartialObjectMetadata>(Widgets, "ns", null, running.Token)).Items);
    }

    private static async Task<RunningControllers> StartAsync()
    {
        var running = await RunningControllers.OverRealServerAsync();
        await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        await SendAsync(running, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},
               "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        await running.UntilAsync<CustomResourceDefinition>(
            "", d => d.Count == 1 && d[0].Status?.Conditions.Exists(c => c is { Type: "Established", Status: "True" }) == true);
        return running;
    }

    private static Task CreateWidgetAsync(RunningControllers running, string metadata) => SendAsync(
        running, "/apis/example.com/v1/namespaces/ns/widgets",
        $$$"""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"one",{{{metadata}}}}}""");

    private static async Task SendAsync(RunningControllers running, string path, string body)
    {
        using var response = await running.Client.SendAsync(
            HttpMethod.Post, path, System.Text.Encoding.UTF8.GetBytes(body), cancellation: running.Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(running.Token));
    }

    private static async Task UntilGoneAsync(RunningControllers running)
    {
        await foreach (var change in running.Client.WatchAsync<PartialObjectMetadata>(Widgets, "ns", new WatchOptions(), running.Token))
        {
            if (change.Type == WatchEventType.Deleted)
                return;
        }
    }
}
