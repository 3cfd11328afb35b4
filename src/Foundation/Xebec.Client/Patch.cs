using Xebec.Api;
using Xebec.ApiMachinery.Values;

namespace Xebec.Client;

/// <summary>A patch: its media type and its body.</summary>
/// <param name="MediaType">The Content-Type.</param>
/// <param name="Body">UTF-8 JSON.</param>
public readonly record struct Patch(string MediaType, ReadOnlyMemory<byte> Body)
{
    /// <summary>RFC 6902: a list of operations.</summary>
    public static Patch Json(ListValue operations) => new("application/json-patch+json", operations.ToUtf8());

    /// <summary>RFC 7386: null removes, everything else replaces.</summary>
    public static Patch Merge(ObjectValue body) => new("application/merge-patch+json", body.ToUtf8());

    /// <summary>RFC 7386, given as JSON text.</summary>
    public static Patch Merge(string json) => new("application/merge-patch+json", System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Kubernetes' strategic merge: lists merge by their keys.</summary>
    public static Patch Strategic(ObjectValue body) => new("application/strategic-merge-patch+json", body.ToUtf8());

    /// <summary>Kubernetes' strategic merge, given as JSON text.</summary>
    public static Patch Strategic(string json) => new("application/strategic-merge-patch+json", System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Server-side apply of an object; <see cref="WriteOptions.FieldManager"/> is required.</summary>
    public static Patch Apply<T>(T desired)
        where T : IApiType<T> => new("application/apply-patch+yaml", ApiJson.Serialize(desired));
}
