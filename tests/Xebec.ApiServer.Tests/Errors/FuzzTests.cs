using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Mutated requests get an answer of the 200s or 400s, always with a JSON body; nothing reaches the server's own failure path.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int RenewEvery = 2000;
    private const int WarmRenewals = 5;
    private const long GrowthMebibytes = 64;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("XEBEC_FUZZ_ROUNDS"), out var given) ? given : 4000;

    [Fact]
    public async Task Mutated_requests_never_fail_the_server()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var (random, seeds) = (new Random(seed), new FuzzSeeds(seed));
        await using var server = await TestServer.StartAsync();
        await FuzzWorld.DefineAsync(server);
        var memory = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            if (round % RenewEvery == 0)
                await RenewAsync(server, memory, $"seed {seed}, round {round}");
            await SendAsync(server, FuzzMutation.Apply(seeds.Next(), random), random, $"seed {seed}, round {round}");
        }
    }

    // The memory after each renewal, with all that was written gone again. The first ones compile code and fill pools and caches.
    private async Task RenewAsync(TestServer server, List<long> memory, string context)
    {
        await FuzzWorld.RenewAsync(server);
        memory.Add(GC.GetTotalMemory(forceFullCollection: true) >> 20);
        output.WriteLine($"{context}: {memory[^1]} MiB");
        if (memory.Count > WarmRenewals)
            Assert.True(memory[^1] < memory.Take(WarmRenewals).Max() + GrowthMebibytes, $"{context}: {string.Join(", ", memory)} MiB");
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
        using var response = await AnswerAsync(server, request);
        var code = (int)response.StatusCode;
        var endless = code is 200 && mutated.Path.Contains("watch", StringComparison.Ordinal);
        var body = endless ? [] : await response.Content.ReadAsByteArrayAsync();
        // Behind the proxy of an invented node, pod or Service nobody listens, which is no failure of the server.
        var nobodyThere = code is 503 && mutated.Path.Contains("/proxy", StringComparison.Ordinal);
        // A revision of the future that does not come is a timeout to Kubernetes.
        var tooLarge = code is 504 && body.AsSpan().IndexOf("Too large resource version"u8) >= 0;
        Assert.True(code is >= 200 and < 500 || nobodyThere || tooLarge,
            $"{context}: {mutated} with {header} and body {Convert.ToBase64String(mutated.Body)} answered {code}: {Encoding.UTF8.GetString(body)}");
        if (response.Content.Headers.ContentType?.MediaType == "application/json" && !endless)
            Assert.IsType<ObjectValue>(Value.Parse(response.Content.Headers.ContentEncoding.Contains("gzip") ? Unzip(body) : body));
    }

    // Some wait for a revision that never comes, by a clock that only moves here.
    private static async Task<HttpResponseMessage> AnswerAsync(TestServer server, HttpRequestMessage request)
    {
        var answer = server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        while (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1))) != answer)
            server.Time.Advance(TimeSpan.FromSeconds(1));
        return await answer;
    }

    private static byte[] Unzip(byte[] body)
    {
        using var zipped = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }
}
