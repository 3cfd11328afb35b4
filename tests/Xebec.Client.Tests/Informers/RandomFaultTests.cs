using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Api.Core.V1;
using Xebec.Client.Informers;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests.Informers;

/// <summary>Faults of every kind at random among writes at random: in the end the cache is what the server has, and handlers saw how it came.</summary>
public sealed class RandomFaultTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Rounds = 300;
    private const string Gone = """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""";
    private readonly FakeApiServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, string> _seen = [];
    private readonly Lock _seeing = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(120), TimeProvider.System);
    private readonly List<InformerFactory> _factories = [];

    [Fact]
    public async Task TheCacheConverges()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var informing = _server.NewClient(_time);
        using var writing = _server.NewClient();
        var factory = new InformerFactory(informing, _time, NullLoggerFactory.Instance);
        _factories.Add(factory);
        var informer = factory.For<ConfigMap>();
        informer.AddHandler(Note);
        factory.Start(_stop.Token);
        for (var round = 0; round < Rounds; round++)
        {
            await WriteAsync(writing, random);
            Disturb(random);
            _time.Advance(TimeSpan.FromSeconds(random.Next(0, 40)));
            await Task.Yield();
        }

        (_server.Intercept, _server.Hold) = (null, null);
        var expected = await StateAsync(writing);
        while (Cached(informer) != expected || Noted() != expected)
        {
            Assert.False(_stop.IsCancellationRequested, $"seed {seed}:\nserver {expected}\ncache  {Cached(informer)}\nseen   {Noted()}");
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var factory in _factories)
            await factory.StoppedAsync();
        _stop.Dispose();
    }

    private static async Task WriteAsync(ApiClient client, Random random)
    {
        var name = $"c{random.Next(8)}";
        try
        {
            if (random.Next(3) == 0)
            {
                await client.DeleteAsync<ConfigMap>("ns", name);
                return;
            }

            var stored = await client.GetAsync<ConfigMap>("ns", name);
            stored.Data["value"] = $"{random.Next(1000)}";
            await client.UpdateAsync(stored);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            await client.CreateAsync(ApiClientTests.NewConfigMap(name));
        }
    }

    private void Disturb(Random random)
    {
        switch (random.Next(10))
        {
            case 0: _server.DropWatches(); break;
            case 1: _server.SendToWatches(Gone + "\n"); break;
            case 2: _server.SendToWatches("{\"type\":\"ADDED\",\"obj"); _server.DropWatches(); break;
            case 3: _server.SendToWatches("nonsense\n"); break;
            case 4: Fail(() => new HttpResponseMessage((HttpStatusCode)random.Next(400, 505))); break;
            case 5: Fail(() => throw new HttpRequestException("connection reset")); break;
            case 6: Fail(Silent); break;
            case 7: _server.Compacted = 100 + random.Next(Rounds); break;
            default: _server.Intercept = null; break;
        }
    }

    // The writer asks for one object or writes; all else is the informer's.
    private void Fail(Func<HttpResponseMessage> how) =>
        _server.Intercept = r => r.Method == HttpMethod.Get && r.RequestUri!.Query.Length > 0 ? how() : null;

    private static HttpResponseMessage Silent() =>
        new(HttpStatusCode.OK) { Content = new StreamContent(new FrameStream(Channel.CreateUnbounded<string>().Reader)) };

    private void Note(ConfigMap? old, ConfigMap? obj)
    {
        lock (_seeing)
        {
            if (obj is null)
                _seen.Remove(old!.Metadata.Name);
            else
                _seen[obj.Metadata.Name] = obj.Metadata.ResourceVersion;
        }
    }

    private string Noted()
    {
        lock (_seeing)
            return string.Join(' ', _seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}:{s.Value}"));
    }

    private static async Task<string> StateAsync(ApiClient client) => Text((await client.ListAsync<ConfigMap>("ns")).Items);

    private static string Cached(SharedInformer<ConfigMap> informer) => Text(informer.Lister.List());

    private static string Text(IEnumerable<ConfigMap> items) => string.Join(
        ' ', items.OrderBy(c => c.Metadata.Name, StringComparer.Ordinal).Select(c => $"{c.Metadata.Name}:{c.Metadata.ResourceVersion}"));
}
