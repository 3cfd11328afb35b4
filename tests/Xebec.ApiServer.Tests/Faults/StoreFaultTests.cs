using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.Store.Sqlite;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>While the store below it fails, the server answers 500 or 503 and says why; it never answers wrongly.</summary>
public sealed class StoreFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const int Writers = 8;
    private readonly int _seed = Environment.TickCount;
    private readonly CrashHistory _history = new();
    private FaultyStore _store = null!;
    private KubeApiServer _server = null!;
    private HttpClient _http = null!;
    private int _failures;

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        var sound = await SqliteStore.OpenAsync(new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        _store = new FaultyStore(sound, new Random(_seed));
        _server = new KubeApiServer(new KubeApiServerOptions(), _store, TimeProvider.System, NullLoggerFactory.Instance);
        await _server.StartAsync();
        _http = new HttpClient(_server.InProcess(new UserInfo("admin", "system:masters", "system:authenticated")))
        {
            BaseAddress = new Uri("https://xebec.test"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _store.FailuresPerHundred = 0;
        _http.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Answers_are_right_or_500_and_watchers_miss_nothing()
    {
        var start = CrashHistory.RevisionOf(await ListAsync());
        var watches = Enumerable.Range(0, 3).Select(_ => Task.Run(() => WatchAsync(start))).ToList();
        for (var spell = 0; spell < 4; spell++)
        {
            _store.FailuresPerHundred = 15;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer, new Random(_seed + (spell * 100) + writer)))));
            _store.FailuresPerHundred = 0;
            await SettleAsync($"seed {_seed}, spell {spell}");
        }
        await SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"end"},"data":{"n":"1"}}""");
        _history.CheckEvents(await Task.WhenAll(watches), $"seed {_seed}");
        Assert.True(_failures > 20, $"seed {_seed}: only {_failures} requests failed");
        output.WriteLine($"{_failures} requests failed, {_history.Acknowledged} writes were acknowledged");
    }

    [Fact]
    public async Task What_is_not_yet_on_disk_is_seen_by_nobody_and_holds_up_nobody()
    {
        var gate = new TaskCompletionSource();
        await SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"before"},"data":{"n":"1"}}""");
        var start = CrashHistory.RevisionOf(await ListAsync());
        _store.WriteGate = gate.Task;
        var slow = SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"end"},"data":{"n":"1"}}""");
        var watch = WatchAsync(start);
        Assert.Equal(404, (await SendAsync(HttpMethod.Get, $"{Path}/end")).Code);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, $"{Path}/before")).Code);
        Assert.Equal(["before"], (await ListAsync()).GetList("items")!.Cast<ObjectValue>().Select(CrashHistory.NameOf));
        Assert.False(watch.IsCompleted);
        Assert.False(slow.IsCompleted);
        gate.SetResult();
        Assert.Equal(201, (await slow).Code);
        Assert.Empty(await watch);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, $"{Path}/end")).Code);
    }

    private async Task WriteAsync(int writer, Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            // A write in doubt stays so until the spell is over, so the name rests.
            var name = $"w{writer}-{random.Next(20)}";
            if (_history.IsInDoubt(name))
                continue;
            await WriteOnceAsync(name, random.Next(6) == 0);
            if (random.Next(3) == 0)
                await ReadAsync(name);
        }
    }

    private async Task WriteOnceAsync(string name, bool delete)
    {
        var before = _history.Expected(name);
        var number = before.Length == 0 ? 1 : int.Parse(before, CultureInfo.InvariantCulture) + 1;
        var content = before.Length > 0 && delete ? "" : number.ToString(CultureInfo.InvariantCulture);
        var body = $$"""{"metadata":{"name":"{{name}}"},"data":{"n":"{{content}}"} }""";
        _history.Begin(name, content);
        var (code, answer) = content.Length == 0
            ? await SendAsync(HttpMethod.Delete, $"{Path}/{name}")
            : before.Length == 0 ? await SendAsync(HttpMethod.Post, Path, body) : await SendAsync(HttpMethod.Put, $"{Path}/{name}", body);
        if (Failed(code, answer))
            return;
        Assert.True(code is 200 or 201, $"{name}={content} was answered {code}: {answer}");
        if (content.Length == 0)
            _history.AcknowledgeDeletion(name);
        else
            _history.Acknowledge(name, content, CrashHistory.RevisionOf(answer));
    }

    private async Task ReadAsync(string name)
    {
        var (code, answer) = await SendAsync(HttpMethod.Get, $"{Path}/{name}");
        if (!Failed(code, answer))
            _history.CheckState(name, code == 404 ? "" : CrashHistory.ContentOf(answer), $"seed {_seed}, GET");
    }

    private bool Failed(int code, ObjectValue answer)
    {
        if (code is not (500 or 503))
            return false;
        Assert.Equal("Status", answer.GetString("kind"));
        Assert.Matches("disk is full|input/output error", answer.GetString("message"));
        Interlocked.Increment(ref _failures);
        return true;
    }

    private async Task SettleAsync(string context)
    {
        var items = (await ListAsync()).GetList("items")!.Cast<ObjectValue>().ToDictionary(CrashHistory.NameOf, CrashHistory.ContentOf);
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var i = 0; i < 20; i++)
                _history.CheckState($"w{writer}-{i}", items.GetValueOrDefault($"w{writer}-{i}", ""), context);
        }
    }

    private async Task<ObjectValue> ListAsync() => (await SendAsync(HttpMethod.Get, Path)).Body;

    private async Task<IReadOnlyList<(long Revision, string What)>> WatchAsync(long start)
    {
        var seen = new List<(long Revision, string What)>();
        using var response = await _http.GetAsync($"{Path}?watch=true&resourceVersion={start}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new LineReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadAsync() is { } line)
        {
            if (CrashHistory.Event(line) is var next && next.What == "end=1")
                break;
            seen.Add(next);
        }
        return seen;
    }

    private async Task<(int Code, ObjectValue Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync()));
    }
}
