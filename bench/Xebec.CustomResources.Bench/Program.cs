using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Apiextensions.V1;
using Xebec.ApiServer;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.ControllerManager;
using Xebec.Store.Sqlite;

namespace Xebec.CustomResources.Bench;

/// <summary>What definitions cost that nobody uses: memory in the whole control plane, and how long discovery takes with them.</summary>
internal static class Program
{
    private static readonly string[] Documents = ["/apis", "/openapi/v3"];

    private static async Task<int> Main(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 500;
        var time = TimeProvider.System;
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), time, NullLogger<SqliteStore>.Instance);
        await using var server = new KubeApiServer(new KubeApiServerOptions(), store, time, NullLoggerFactory.Instance);
        await server.StartAsync();
        using var client = new ApiClient(
            new HttpMessageInvoker(server.InProcess(new UserInfo("admin", "system:masters", "system:authenticated"))),
            new ApiClientOptions { BaseAddress = new Uri("https://bench.test") }, time);
        using var stop = new CancellationTokenSource();
        var withControllers = !arguments.Contains("--server-only");
        var controllers = !withControllers ? Task.CompletedTask : new ControllerManager.ControllerManager(new ControllerManagerOptions
        {
            Client = client, Loggers = NullLoggerFactory.Instance, RootCertificateAuthorityPem = "PEM",
        }).RunAsync(stop.Token);
        var rounds = new Figures(client);
        await DefineAsync(client, 0, 1);
        var before = await rounds.ReadAsync(Documents);
        var started = time.GetTimestamp();
        var definitionBytes = await DefineAsync(client, 1, count);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var after = await rounds.ReadAsync(Documents);
        Report(count, definitionBytes, seconds, before, after);
        await stop.CancelAsync();
        await controllers;
        return 0;
    }

    // Waits for the last one to be served before it returns.
    private static async Task<long> DefineAsync(ApiClient client, int first, int count)
    {
        var bytes = 0L;
        for (var i = first; i < first + count; i++)
        {
            var body = SampleDefinition.Make(i).ToUtf8();
            bytes += body.Length;
            using var response = await client.SendAsync(HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body);
            response.EnsureSuccessStatusCode();
        }

        var name = SampleDefinition.Make(first + count - 1).GetObject("metadata")!.GetString("name")!;
        while ((await client.GetAsync<CustomResourceDefinition>(CustomResourceDefinition.Resource, "", name))
            .Status?.Conditions.Exists(c => c is { Type: "Established", Status: "True" }) != true)
            await Task.Yield();
        return bytes;
    }

    private static void Report(int count, long definitionBytes, double seconds, Figure before, Figure after)
    {
        Console.WriteLine($"{count} definitions of {definitionBytes / count / 1024.0:0.0} KiB, made in {seconds:0.0} s");
        Console.WriteLine($"live memory: {before.LiveBytes / 1048576.0:0.0} MiB before, {after.LiveBytes / 1048576.0:0.0} MiB after");
        for (var i = 0; i < Documents.Length; i++)
            Console.WriteLine($"{Documents[i]}: {before.Microseconds[i]:0} us before, {after.Microseconds[i]:0} us after");
    }
}
