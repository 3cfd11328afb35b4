using System.Net;
using System.Text;
using System.Threading.Channels;
using Xebec.ApiMachinery.Values;
using Xebec.Client;

namespace Xebec.Client.Tests.Fakes;

/// <summary>An API server in a few lines: objects by path, resource versions, watches, finalizers, merge patches.</summary>
public sealed class FakeApiServer : HttpMessageHandler
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, ObjectValue> _objects = [];
    private readonly List<(string Collection, long Version, string Frame)> _history = [];
    private readonly List<Watcher> _watchers = [];
    private TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 100;
    private int _names;

    /// <summary>Called first; what it returns is the answer.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Intercept { get; set; }

    /// <summary>Waited for before a request is looked at: an answer that does not come while it is not done.</summary>
    public Func<HttpRequestMessage, Task>? Hold { get; set; }

    /// <summary>Versions up to this one are compacted: a watch from there gets 410.</summary>
    public long Compacted { get; set; }

    public List<string> Requests { get; } = [];

    public ApiClient NewClient(TimeProvider? time = null) =>
        new(new HttpMessageInvoker(this, disposeHandler: false), new ApiClientOptions { BaseAddress = new Uri("http://fake") },
            time ?? TimeProvider.System);

    /// <summary>Ends every open watch, as a lost connection does.</summary>
    public void DropWatches()
    {
        lock (_sync)
        {
            foreach (var watcher in _watchers)
                watcher.Frames.Writer.TryComplete();
            _watchers.Clear();
        }
    }

    /// <summary>Sends a frame to every open watch.</summary>
    public void SendToWatches(string frame)
    {
        lock (_sync)
            _watchers.ForEach(w => w.Frames.Writer.TryWrite(frame));
    }

    /// <summary>Waits until a condition holds; looks whenever a request has come.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_sync)
            {
                if (condition())
                    return;
                next = _requested.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    public int OpenWatches
    {
        get
        {
            lock (_sync)
                return _watchers.Count;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation);
        lock (_sync)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            _requested.TrySetResult();
            _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (Hold?.Invoke(request) is { } held)
            await held.WaitAsync(cancellation);
        lock (_sync)
        {
            if (Intercept?.Invoke(request) is { } intercepted)
                return intercepted;
            var target = FakeTarget.Parse(request.RequestUri.AbsolutePath);
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query);
            if (query["watch"] == "true")
                return Watch(target, query["resourceVersion"] ?? "");
            return request.Method.Method switch
            {
                "GET" when target.Name.Length == 0 => List(target),
                "GET" => _objects.TryGetValue(target.Key, out var found) ? Ok(found) : Error(404, "NotFound", target),
                "POST" => Create(target, (ObjectValue)Value.Parse(body)),
                "PUT" => Update(target, (ObjectValue)Value.Parse(body)),
                "PATCH" => Patch(target, (ObjectValue)Value.Parse(body),
                    request.Content!.Headers.ContentType!.MediaType!.Contains("strategic", StringComparison.Ordinal)),
                "DELETE" when target.Name.Length == 0 => DeleteCollection(target),
                "DELETE" => Delete(target, body),
                _ => Error(405, "MethodNotAllowed", target),
            };
        }
    }

    private HttpResponseMessage List(FakeTarget target)
    {
        var items = new ListValue(_objects.Where(o => target.Selects(o.Key)).Select(o => o.Value));
        return Ok(new ObjectValue { { "kind", "List" }, { "metadata", new ObjectValue { { "resourceVersion", $"{_version}" } } },
            { "items", items } });
    }

    private HttpResponseMessage Watch(FakeTarget target, string from)
    {
        var watcher = new Watcher(target, Channel.CreateUnbounded<string>());
        var start = long.Parse(from);
        if (start < Compacted)
            watcher.Frames.Writer.TryWrite(
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}}\n");
        foreach (var (collection, version, frame) in _history)
        {
            if (version > start && target.Selects(collection))
                watcher.Frames.Writer.TryWrite(frame);
        }

        _watchers.Add(watcher);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new FrameStream(watcher.Frames.Reader)) };
    }

    private HttpResponseMessage Create(FakeTarget target, ObjectValue obj)
    {
        if (target.Name.Length > 0)
            return Subresource(target, obj);
        var metadata = obj.GetOrAddObject("metadata");
        if (metadata.GetString("name") is null or "")
            metadata["name"] = $"{metadata.GetString("generateName")}{_names++:x5}";
        if (target.Namespace.Length > 0)
            metadata["namespace"] = target.Namespace;
        var key = target.At(metadata.GetString("name")!).Key;
        if (_objects.ContainsKey(key))
            return Error(409, "AlreadyExists", target);
        metadata["uid"] = $"uid-{_version}";
        metadata["creationTimestamp"] = "2026-01-01T00:00:00Z";
        metadata["generation"] = 1;
        return Store(key, obj, "ADDED");
    }

    private HttpResponseMessage Subresource(FakeTarget target, ObjectValue body)
    {
        if (target.Subresource == "eviction")
            return Delete(target, []);
        return Ok(body);
    }

    private HttpResponseMessage Update(FakeTarget target, ObjectValue obj)
    {
        if (!_objects.TryGetValue(target.Key, out var old))
            return Error(404, "NotFound", target);
        var given = obj.GetObject("metadata")!.GetString("resourceVersion");
        if (!string.IsNullOrEmpty(given) && given != old.GetObject("metadata")!.GetString("resourceVersion"))
            return Error(409, "Conflict", target);
        var next = (ObjectValue)(target.Subresource == "status" ? old : obj).DeepClone();
        next["status"] = target.Subresource == "status" ? obj["status"] : old["status"];
        if (target.Subresource == "finalize")
            next = (ObjectValue)obj.DeepClone();
        return Change(target.Key, old, next);
    }

    private HttpResponseMessage Patch(FakeTarget target, ObjectValue patch, bool isStrategic)
    {
        if (!_objects.TryGetValue(target.Key, out var old))
            return Error(404, "NotFound", target);
        if (patch.GetObject("metadata")?.GetString("uid") is { } uid && uid != old.GetObject("metadata")!.GetString("uid"))
            return Error(409, "Conflict", target);
        var next = (ObjectValue)old.DeepClone();
        FakeMerge.Into(next, patch, isStrategic);
        return Change(target.Key, old, next);
    }

    private HttpResponseMessage Change(string key, ObjectValue old, ObjectValue next)
    {
        var metadata = next.GetObject("metadata")!;
        if (old["spec"] is { } spec && !spec.DeepEquals(next["spec"]))
            metadata["generation"] = metadata["generation"]!.AsInt64()!.Value + 1;
        if (old.DeepEquals(next))
            return Ok(old);
        if (metadata.ContainsKey("deletionTimestamp") && HasNoFinalizers(next))
            return Remove(key, next);
        return Store(key, next, "MODIFIED");
    }

    private static bool HasNoFinalizers(ObjectValue obj) =>
        obj.GetObject("metadata")!.GetList("finalizers") is not { Count: > 0 } &&
            obj.GetObject("spec")?.GetList("finalizers") is not { Count: > 0 };

    private HttpResponseMessage Delete(FakeTarget target, byte[] body)
    {
        if (!_objects.TryGetValue(target.Key, out var old))
            return Error(404, "NotFound", target);
        var options = body.Length > 0 ? (ObjectValue)Value.Parse(body) : [];
        if (options.GetObject("preconditions")?.GetString("uid") is { } uid && uid != old.GetObject("metadata")!.GetString("uid"))
            return Error(409, "Conflict", target);
        var next = (ObjectValue)old.DeepClone();
        if (options.GetString("propagationPolicy") is "Foreground" or "Orphan")
        {
            var finalizers = next.GetObject("metadata")!.GetList("finalizers") ?? [];
            finalizers.Add(options.GetString("propagationPolicy") == "Orphan" ? "orphan" : "foregroundDeletion");
            next.GetObject("metadata")!["finalizers"] = finalizers;
        }

        if (HasNoFinalizers(next))
            return Remove(target.Key, next);
        next.GetObject("metadata")!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        return old.DeepEquals(next) ? Ok(old) : Store(target.Key, next, "MODIFIED");
    }

    private HttpResponseMessage DeleteCollection(FakeTarget target)
    {
        foreach (var key in _objects.Keys.Where(target.Selects).ToList())
            Delete(FakeTarget.OfKey(key), []);
        return Ok([]);
    }

    private HttpResponseMessage Remove(string key, ObjectValue last)
    {
        Store(key, last, "DELETED");
        _objects.Remove(key);
        return Ok(last);
    }

    private HttpResponseMessage Store(string key, ObjectValue obj, string type)
    {
        obj.GetObject("metadata")!["resourceVersion"] = $"{++_version}";
        _objects[key] = obj;
        var frame = $"{{\"type\":\"{type}\",\"object\":{obj}}}\n";
        _history.Add((key, _version, frame));
        foreach (var watcher in _watchers.Where(w => w.Target.Selects(key)))
            watcher.Frames.Writer.TryWrite(frame);
        return Ok(obj);
    }

    private static HttpResponseMessage Ok(ObjectValue body) => Answer(200, body.ToString());

    private static HttpResponseMessage Error(int code, string reason, FakeTarget target) =>
        Answer(code, $"{{\"kind\":\"Status\",\"code\":{code},\"reason\":\"{reason}\",\"message\":\"{target.Key}: {reason}\"}}");

    private static HttpResponseMessage Answer(int code, string body) =>
        new((HttpStatusCode)code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed record Watcher(FakeTarget Target, Channel<string> Frames);
}
