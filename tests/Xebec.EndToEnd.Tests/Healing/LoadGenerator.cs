using System.Collections.Concurrent;

namespace Xebec.EndToEnd.Tests.Healing;

/// <summary>A bounded load: a few clients, each of which asks again when it has its answer and a pause, each time by a new connection.</summary>
public sealed class LoadGenerator(HttpClient http, Uri url) : IAsyncDisposable
{
    private const int Clients = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _stopping = new();
    private Task _clients = Task.CompletedTask;

    /// <summary>How often each answer came.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = [];

    /// <summary>What went wrong, each with its time.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    public int Answered => Answers.Values.Sum();

    public void Start() => _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => AskAsync()));

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _clients;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task AskAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Answers.AddOrUpdate((await http.GetStringAsync(url)).Trim(), 1, (_, count) => count + 1);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                Failures.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {exception.Message}");
            }

            await Task.Delay(Pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
