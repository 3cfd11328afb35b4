using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>A watch as a client reads it, event by event.</summary>
internal sealed class WatchLines : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private WatchLines(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    public static async Task<WatchLines> OpenAsync(HttpClient http, string path)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        return new WatchLines(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event.</summary>
    public async Task<ObjectValue> NextAsync()
    {
        var line = await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(line);
        return (ObjectValue)Value.Parse(line);
    }

    /// <summary>Reads on until the server ends the watch; returns the type of the last event, empty when there was none.</summary>
    public async Task<string> EndAsync()
    {
        var last = "";
        while (await _reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
            last = ((ObjectValue)Value.Parse(line)).GetString("type")!;
        return last;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
