using System.Net.Http.Headers;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Mutated requests get an answer of the 200s or 400s, always with a JSON body; nothing reaches the server's own failure path.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("XEBEC_FUZZ_ROUNDS"), out var given) ? given : 4000;

    private static readonly (string Method, string Path, string Type, string Body)[] Seeds =
    [
        ("POST", "/api/v1/namespaces/default/configmaps", "application/json", """{"metadata":{"name":"a","labels":{"a":"b"}},"data":{"k":"v"}}"""),
        ("POST", "/api/v1/namespaces/default/configmaps", "application/yaml", "metadata:\n  name: b\ndata:\n  k: \"v\"\n  l: |\n    text\n"),
        ("POST", "/apis/apps/v1/namespaces/default/deployments", "application/json", """{"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1"}},"ports":[{"containerPort":80}]}]}}}}"""),
        ("POST", "/api/v1/namespaces/default/services", "application/json", """{"metadata":{"generateName":"s"},"spec":{"ports":[{"port":80,"targetPort":"http"}],"selector":{"a":"b"}}}"""),
        ("PUT", "/api/v1/namespaces/default/configmaps/seed", "application/json", """{"metadata":{"name":"seed","resourceVersion":"1"},"data":{"k":"w"}}"""),
        ("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/merge-patch+json", """{"data":{"k":null,"m":"n"}}"""),
        ("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/json-patch+json", """[{"op":"test","path":"/data/k","value":"v"},{"op":"move","from":"/data/k","path":"/data/l"}]"""),
        ("PATCH", "/api/v1/namespaces/default/configmaps/seed", "application/strategic-merge-patch+json", """{"metadata":{"labels":{"$patch":"replace","x":"y"},"finalizers":["a/b"],"$setElementOrder/finalizers":["a/b"]}}"""),
        ("PATCH", "/api/v1/namespaces/default/configmaps/seed?fieldManager=f&force=true", "application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seed}\ndata: {k: v}\n"),
        ("GET", "/api/v1/namespaces/default/configmaps?labelSelector=a%3Db,c!%3Dd&fieldSelector=metadata.name%3Da&limit=1", "", ""),
        ("GET", "/api/v1/pods?resourceVersion=1&resourceVersionMatch=NotOlderThan&continue=abc", "", ""),
        ("DELETE", "/api/v1/namespaces/default/configmaps/seed?propagationPolicy=Background", "application/json", """{"gracePeriodSeconds":0,"preconditions":{"uid":"x"}}"""),
    ];

    [Fact]
    public async Task Mutated_requests_never_fail_the_server()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"seed"},"data":{"k":"v"}}""");
        for (var round = 0; round < Rounds; round++)
            await SendMutatedAsync(server, random, round);
    }

    private static async Task SendMutatedAsync(TestServer server, Random random, int round)
    {
        var (method, path, type, body) = Seeds[random.Next(Seeds.Length)];
        var mutatedPath = random.Next(4) == 0 ? MutatePath(path, random) : path;
        var bytes = Mutate(Encoding.UTF8.GetBytes(body), random);
        using var request = new HttpRequestMessage(new HttpMethod(method), mutatedPath);
        if (type.Length > 0)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var code = (int)response.StatusCode;
        var text = code is 200 && mutatedPath.Contains("watch", StringComparison.Ordinal) ? "{}" : await response.Content.ReadAsStringAsync();
        Assert.True(code is >= 200 and < 500, $"round {round}: {method} {mutatedPath} {Encoding.UTF8.GetString(bytes)} answered {code}: {text}");
        Assert.IsType<ObjectValue>(Value.Parse(text));
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(4); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(random.Next(1, 8), list.Count - at));
                    break;
                case 2:
                    list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 40), list.Count - at)));
                    break;
                case 3:
                    list.Insert(at, (byte)"{}[]\",:0-9etfn$\\\0"[random.Next(17)]);
                    break;
                default:
                    list.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "null" : "99999999999999999999"));
                    break;
            }
        }

        return [.. list];
    }

    private static string MutatePath(string path, Random random)
    {
        var at = random.Next(1, path.Length);
        var inserted = "/?&=%20,!()abc019.-"[random.Next(19)];
        return random.Next(2) == 0 ? path.Remove(at, 1) : path.Insert(at, inserted.ToString());
    }
}
