using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xebec.Api;
using Xebec.Client;

namespace Xebec.Proxy.Tests.Network;

/// <summary>Just enough of an API server for informers: list, watch, get, create and update of objects in memory.</summary>
internal sealed class FakeApiServer : HttpMessageHandler
{
    private readonly Lock _sync = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(string Plural, Pipe Pipe)> _watches = [];
    private int _revision = 1;

    public ApiClient NewClient() =>
        new(new HttpMessageInvoker(this, disposeHandler: false), new ApiClientOptions { BaseAddress = new("http://fake") }, TimeProvider.System);

    public void Set<T>(T obj)
        where T : class, IKubernetesObject<T> => Set(T.Resource.Plural, JsonNode.Parse(ApiJson.Serialize(obj))!.AsObject());

    public void Delete<T>(string ns, string name)
        where T : class, IKubernetesObject<T>
    {
        lock (_sync)
        {
            if (_objects.Remove($"{T.Resource.Plural}/{ns}/{name}", out var gone)) Publish(T.Resource.Plural, "DELETED", Stamp(gone));
        }
    }

    public string? Find(string plural, string ns, string name)
    {
        lock (_sync) return _objects.TryGetValue($"{plural}/{ns}/{name}", out var found) ? found.ToJsonString() : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var parts = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var afterVersion = parts[0] == "api" ? 2 : 3;
        var namespaced = parts.Length > afterVersion + 1 && parts[afterVersion] == "namespaces";
        var plural = parts[namespaced ? afterVersion + 2 : afterVersion];
        if (request.Content is not null) return Write(plural, JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
        if (namespaced && parts.Length > afterVersion + 3) return Get(plural, parts[afterVersion + 1], parts[^1]);
        return request.RequestUri.Query.Contains("watch=true", StringComparison.Ordinal) ? Watch(plural, request.RequestUri.Query) : List(plural);
    }

    private static HttpResponseMessage Json(HttpStatusCode code, string text) =>
        new(code) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private HttpResponseMessage Write(string plural, JsonObject obj)
    {
        lock (_sync) return Json(HttpStatusCode.OK, Set(plural, obj).ToJsonString());
    }

    private HttpResponseMessage Get(string plural, string ns, string name) => Find(plural, ns, name) is { } found
        ? Json(HttpStatusCode.OK, found)
        : Json(HttpStatusCode.NotFound, """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}""");

    private HttpResponseMessage List(string plural)
    {
        lock (_sync)
        {
            var items = _objects.Where(entry => entry.Key.StartsWith(plural + "/", StringComparison.Ordinal)).Select(entry => entry.Value.ToJsonString());
            return Json(HttpStatusCode.OK, $$"""{"metadata":{"resourceVersion":"{{_revision}}"},"items":[{{string.Join(',', items)}}]}""");
        }
    }

    private HttpResponseMessage Watch(string plural, string query)
    {
        lock (_sync)
        {
            var pipe = new Pipe();
            _watches.Add((plural, pipe));
            var since = int.Parse(query.Split('?', '&').Single(p => p.StartsWith("resourceVersion=", StringComparison.Ordinal)).Split('=')[1]);
            foreach (var (key, obj) in _objects)
            {
                if (key.StartsWith(plural + "/", StringComparison.Ordinal) && RevisionOf(obj) > since) Send(pipe, "MODIFIED", obj);
            }

            return new(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
        }
    }

    private JsonObject Set(string plural, JsonObject obj)
    {
        lock (_sync)
        {
            var key = $"{plural}/{obj["metadata"]!["namespace"]}/{obj["metadata"]!["name"]}";
            var type = _objects.ContainsKey(key) ? "MODIFIED" : "ADDED";
            _objects[key] = Stamp(obj);
            Publish(plural, type, obj);
            return obj;
        }
    }

    private JsonObject Stamp(JsonObject obj)
    {
        obj["metadata"]!["resourceVersion"] = (++_revision).ToString();
        obj["metadata"]!["uid"] ??= Guid.NewGuid().ToString();
        return obj;
    }

    private static int RevisionOf(JsonObject obj) => int.Parse(obj["metadata"]!["resourceVersion"]!.ToString());

    private void Publish(string plural, string type, JsonObject obj)
    {
        foreach (var watch in _watches)
        {
            if (watch.Plural == plural) Send(watch.Pipe, type, obj);
        }
    }

    private static void Send(Pipe pipe, string type, JsonObject obj)
    {
        pipe.Writer.Write(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":{{obj.ToJsonString()}}}""" + "\n"));
        _ = pipe.Writer.FlushAsync();
    }
}
