using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Reads the events of a watch one after the other.</summary>
internal sealed class WatchReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private WatchReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public static async Task<WatchReader> StartAsync(HttpClient http, string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.True(response.StatusCode == HttpStatusCode.OK, response.StatusCode == HttpStatusCode.OK ? "" : await lines.ReadToEndAsync());
        return new WatchReader(response, lines);
    }

    /// <summary>The next event, null at the end of the watch.</summary>
    public async Task<(string Type, ObjectValue Object)?> TryNextAsync()
    {
        if (await _lines.ReadLineAsync() is not { } line)
            return null;
        var read = (ObjectValue)Value.Parse(line);
        return (read.GetString("type")!, read.GetObject("object")!);
    }

    /// <summary>The next event.</summary>
    public async Task<(string Type, ObjectValue Object)> NextAsync() =>
        await TryNextAsync() ?? throw new EndOfStreamException("the watch has ended");

    /// <summary>The types and names of the next events.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        var events = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var (type, item) = await NextAsync();
            events.Add($"{type} {KindClient.NameOf(item)}");
        }

        return events;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
