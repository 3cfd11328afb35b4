using System.Net.Http.Headers;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Mutated requests get an answer of the 200s or 400s, always with a JSON body; nothing reaches the server's own failure path.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int CleanEvery = 2000;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("XEBEC_FUZZ_ROUNDS"), out var given) ? given : 4000;

    [Fact]
    public async Task Mutated_requests_never_fail_the_server()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var (random, seeds) = (new Random(seed), new FuzzSeeds(seed));
        await using var server = await TestServer.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            if (round % CleanEvery == 0)
                await CleanAsync(server, round);
            await SendAsync(server, FuzzMutation.Apply(seeds.Next(), random), random, $"seed {seed}, round {round}");
        }
    }

    // What a long run shows: the memory after each clean-up, with all that was written gone again.
    private async Task CleanAsync(TestServer server, int round)
    {
        await server.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/configmaps");
        await server.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/services");
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"seed"},"data":{"k":"v"}}""");
        output.WriteLine($"round {round}: {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB");
    }

    private static async Task SendAsync(TestServer server, FuzzRequest mutated, Random random, string context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(mutated.Method), mutated.Path);
        if (mutated.Type.Length > 0)
        {
            request.Content = new ByteArrayContent(mutated.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mutated.Type);
        }

        var header = random.Next(4) == 0 ? FuzzMutation.Header(random) : ("Accept", "application/json");
        request.Headers.TryAddWithoutValidation(header.Item1, header.Item2);
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var code = (int)response.StatusCode;
        var endless = code is 200 && mutated.Path.Contains("watch", StringComparison.Ordinal);
        var body = endless ? [] : await response.Content.ReadAsByteArrayAsync();
        // Behind the proxy of an invented node, pod or Service nobody listens, which is no failure of the server.
        var nobodyThere = code is 503 && mutated.Path.Contains("/proxy", StringComparison.Ordinal);
        Assert.True(code is >= 200 and < 500 || nobodyThere,
            $"{context}: {mutated} with {header} and body {Convert.ToBase64String(mutated.Body)} answered {code}: {Encoding.UTF8.GetString(body)}");
        if (response.Content.Headers.ContentType?.MediaType == "application/json" && !endless)
            Assert.IsType<ObjectValue>(Value.Parse(body));
    }
}
