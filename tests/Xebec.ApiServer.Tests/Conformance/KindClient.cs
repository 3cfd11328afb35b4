using System.Net;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Asks for objects of one kind, in one namespace when it has them.</summary>
internal sealed class KindClient(KindServer fixture, ResourceInfo kind, string ns)
{
    public ResourceInfo Kind => kind;

    public string Namespace => kind.Namespaced ? ns : "";

    public KindSample Sample { get; } = KindSamples.All.GetValueOrDefault(kind.QualifiedPlural) ?? new KindSample("{}");

    private string Root => kind.GroupVersion.Group.Length == 0 ? $"/api/{kind.GroupVersion.Version}" : $"/apis/{kind.GroupVersion}";

    /// <summary>The path of the objects of all namespaces.</summary>
    public string PathOfAll => $"{Root}/{kind.Plural}";

    /// <summary>The path of the objects.</summary>
    public string Path => kind.Namespaced ? $"{Root}/namespaces/{ns}/{kind.Plural}" : PathOfAll;

    /// <summary>The path of an object.</summary>
    public string PathOf(ObjectValue item, string subresource = "") =>
        $"{Path}/{NameOf(item)}{(subresource.Length > 0 ? "/" : "")}{subresource}";

    public static string NameOf(ObjectValue item) => item.GetObject("metadata")!.GetString("name")!;

    public static string VersionOf(ObjectValue item) => item.GetObject("metadata")!.GetString("resourceVersion")!;

    public static string UidOf(ObjectValue item) => item.GetObject("metadata")!.GetString("uid")!;

    public static string? LabelOf(ObjectValue item, string name) => item.GetObject("metadata")!.GetObject("labels")?.GetString(name);

    public static string? AnnotationOf(ObjectValue item, string name) => item.GetObject("metadata")!.GetObject("annotations")?.GetString(name);

    /// <summary>A valid object that the server does not have yet.</summary>
    public ObjectValue NewObject(string label = "")
    {
        var number = fixture.NextNumber();
        var body = (ObjectValue)Value.Parse(Sample.Body.Replace("#", number, StringComparison.Ordinal).Replace("NAMESPACE", ns, StringComparison.Ordinal));
        var item = (ObjectValue)Value.Parse($$"""{"kind":"{{kind.Kind}}","apiVersion":"{{kind.GroupVersion}}"}""");
        item["metadata"] = Value.Parse($$"""{"name":"{{Sample.Name.Replace("#", number, StringComparison.Ordinal)}}"}""");
        if (label.Length > 0)
            item.GetObject("metadata")!.GetOrAddObject("labels")["conformance"] = label;
        foreach (var (name, value) in body)
            item[name] = value;
        return item;
    }

    /// <summary>Creates an object.</summary>
    public async Task<ObjectValue> CreateAsync(string label = "")
    {
        var sent = NewObject(label);
        var created = await OkAsync(HttpMethod.Post, Path, sent.ToString(), code: HttpStatusCode.Created);
        return Sample.Settled is null ? created : await SettledAsync(created, Sample.Settled);
    }

    /// <summary>Waits until the server has written its own part of an object's status, which it does within a second of its clock.</summary>
    private async Task<ObjectValue> SettledAsync(ObjectValue created, string settled)
    {
        for (var attempt = 0; ; attempt++)
        {
            var item = await GetAsync(created);
            if (item["status"]?.ToString().Contains(settled, StringComparison.Ordinal) == true)
                return item;
            Assert.True(attempt < 5000, $"the server does not write the status: {item}");
            fixture.Server.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }
    }

    public Task<ObjectValue> GetAsync(ObjectValue item, string subresource = "") => OkAsync(HttpMethod.Get, PathOf(item, subresource));

    /// <summary>Patches an object; a merge patch unless said otherwise.</summary>
    public Task<ObjectValue> PatchAsync(ObjectValue item, string patch, string subresource = "", string type = "merge-patch+json", string query = "") =>
        OkAsync(HttpMethod.Patch, PathOf(item, subresource) + query, patch, "application/" + type);

    /// <summary>The objects that a list answers with.</summary>
    public async Task<IReadOnlyList<ObjectValue>> ListAsync(string query, bool everywhere = false) =>
        [.. (await OkAsync(HttpMethod.Get, (everywhere ? PathOfAll : Path) + query)).GetList("items")!.Select(item => item.AsObject()!)];

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<ObjectValue> OkAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", HttpStatusCode code = HttpStatusCode.OK,
        string accept = "application/json")
    {
        var (actual, answer) = await fixture.Server.SendAsync(method, path, body, contentType, accept);
        Assert.True(actual == code, $"{method} {path}: {(int)actual}, not {(int)code}: {answer}");
        return answer;
    }

    /// <summary>Sends a request that must fail; returns the Status.</summary>
    public async Task<ObjectValue> FailAsync(
        int code, string reason, HttpMethod method, string path, string? body = null, string contentType = "application/json",
        string accept = "application/json")
    {
        var (actual, answer) = await fixture.Server.SendAsync(method, path, body, contentType, accept);
        Assert.True((int)actual == code && answer.GetString("reason") == reason, $"{method} {path}: {(int)actual}, not {code} {reason}: {answer}");
        Assert.Equal(("Status", "v1", "Failure"), (answer.GetString("kind"), answer.GetString("apiVersion"), answer.GetString("status")));
        return answer;
    }

    /// <summary>Begins a watch.</summary>
    public Task<WatchReader> WatchAsync(string query, bool everywhere = false) =>
        WatchReader.StartAsync(fixture.Server.Http, (everywhere ? PathOfAll : Path) + "?watch=true&" + query);
}
