using System.Globalization;
using Xebec.ApiMachinery.Values;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>kill -9 at any moment under 64 writers and 10 watchers: nothing acknowledged is lost, nothing is seen twice or skipped.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 64;
    private const int Watchers = 10;
    private static readonly string Filler = new('x', 700);
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("XEBEC_CRASH_ROUNDS"), out var given) ? given : 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("xebec-crash-").FullName;
    private readonly CrashHistory _history = new();
    private readonly List<(long Revision, string What)>[] _seen = [.. Enumerable.Range(0, Watchers).Select(_ => new List<(long, string)>())];
    private long _start;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_acknowledged_write_is_lost_and_watchers_resume_exactly()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Rounds} rounds (XEBEC_CRASH_ROUNDS)");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
            await LiveAndDieAsync(random, $"seed {seed}, round {round}");
        await CompareAsync($"seed {seed}");
        output.WriteLine($"{_history.Acknowledged} acknowledged writes, {_seen[0].Count} events");
    }

    private async Task LiveAndDieAsync(Random random, string context)
    {
        var certificates = ClusterCertificates.Open(_folder, TimeProvider.System);
        using var server = ServerProcess.Start(_folder);
        // One life in eight ends while the server starts.
        using var early = random.Next(8) == 0 ? KillLater(server, random.Next(1000)) : null;
        if (await server.ReadPortAsync() is not { } port)
            return;
        using var client = new CrashClient(certificates, port);
        var clients = new List<Task>();
        if (await ReconcileAsync(client, context))
        {
            clients.AddRange(Enumerable.Range(0, Watchers).Select(watcher => Task.Run(() => WatchAsync(client, watcher))));
            clients.AddRange(Enumerable.Range(0, Writers).Select(writer =>
            {
                var own = new Random(random.Next());
                return Task.Run(() => WriteAsync(client, writer, own));
            }));
            using var kill = KillLater(server, random.Next(1200));
            await Task.WhenAll(clients);
        }
        await server.KillAsync();
    }

    private static ITimer KillLater(ServerProcess server, int milliseconds) => TimeProvider.System.CreateTimer(
        _ => server.Kill(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);

    private async Task<bool> ReconcileAsync(CrashClient client, string context)
    {
        if (await client.SendAsync(HttpMethod.Get, CrashClient.Path) is not { } answer)
            return false;
        var list = (ObjectValue)Value.Parse(answer.Body);
        if (_start == 0)
            _start = CrashHistory.RevisionOf(list);
        var found = list.GetList("items")!.Cast<ObjectValue>().ToDictionary(CrashHistory.NameOf, CrashHistory.ContentOf);
        foreach (var name in AllNames())
            _history.CheckState(name, found.GetValueOrDefault(name, ""), context);
        return true;
    }

    private static IEnumerable<string> AllNames() => Enumerable.Range(0, Writers).SelectMany(writer => new[] { $"w{writer}-0", $"w{writer}-1" });

    private async Task WriteAsync(CrashClient client, int writer, Random random)
    {
        var alive = true;
        while (alive)
            alive = await WriteOnceAsync(client, $"w{writer}-{random.Next(2)}", random.Next(6) == 0);
    }

    private async Task<bool> WriteOnceAsync(CrashClient client, string name, bool delete)
    {
        var before = _history.Expected(name);
        if (before.Length > 0 && delete)
            return await DeleteAsync(client, name);
        var number = before.Length == 0 ? 1 : int.Parse(before, CultureInfo.InvariantCulture) + 1;
        var content = number.ToString(CultureInfo.InvariantCulture);
        var body = $$"""{"metadata":{"name":"{{name}}"},"data":{"n":"{{content}}","filler":"{{Filler}}"} }""";
        _history.Begin(name, content);
        var answer = number == 1
            ? await client.SendAsync(HttpMethod.Post, CrashClient.Path, body)
            : await client.SendAsync(HttpMethod.Put, $"{CrashClient.Path}/{name}", body);
        if (answer is not { } given)
            return false;
        Assert.True(given.Code == (number == 1 ? 201 : 200), $"{name}={content}: {given.Code}");
        _history.Acknowledge(name, content, CrashHistory.RevisionOf((ObjectValue)Value.Parse(given.Body)));
        return true;
    }

    private async Task<bool> DeleteAsync(CrashClient client, string name)
    {
        _history.Begin(name, "");
        if (await client.SendAsync(HttpMethod.Delete, $"{CrashClient.Path}/{name}") is not { } answer)
            return false;
        Assert.Equal(200, answer.Code);
        _history.AcknowledgeDeletion(name);
        return true;
    }

    private async Task WatchAsync(CrashClient client, int watcher, bool toTheEnd = false)
    {
        var seen = _seen[watcher];
        await foreach (var line in client.WatchAsync(seen.Count == 0 ? _start : seen[^1].Revision))
        {
            var next = CrashHistory.Event(line);
            if (next.What.StartsWith("end=", StringComparison.Ordinal) && toTheEnd)
                return;
            seen.Add(next);
        }
        Assert.False(toTheEnd, "the last watch broke");
    }

    // A last life in which nobody dies: every watcher reads on to a mark.
    private async Task CompareAsync(string context)
    {
        using var server = ServerProcess.Start(_folder);
        using var client = new CrashClient(ClusterCertificates.Open(_folder, TimeProvider.System), (await server.ReadPortAsync())!.Value);
        Assert.True(await ReconcileAsync(client, context));
        await client.SendAsync(HttpMethod.Post, CrashClient.Path, """{"metadata":{"name":"end"},"data":{"n":"1"}}""");
        await Task.WhenAll(Enumerable.Range(0, Watchers).Select(watcher => WatchAsync(client, watcher, toTheEnd: true)));
        _history.CheckEvents(_seen, context);
    }
}
