using System.Collections.Immutable;
using System.Text;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.WatchCache;

/// <summary>The objects of a resource that are stored but can't be read, and why. Immutable.</summary>
internal sealed class UnreadableObjects
{
    private readonly ImmutableDictionary<string, string> _reasons;

    private UnreadableObjects(ImmutableDictionary<string, string> reasons) => _reasons = reasons;

    public static UnreadableObjects None { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    public bool IsEmpty => _reasons.IsEmpty;

    /// <summary>Their keys.</summary>
    public IEnumerable<string> Keys => _reasons.Keys;

    public UnreadableObjects With(string key, string reason) => new(_reasons.SetItem(key, reason));

    public UnreadableObjects Without(string key) => _reasons.ContainsKey(key) ? new(_reasons.Remove(key)) : this;

    /// <summary>The answer to who asks for an object (500, by name); null when it is not one of them.</summary>
    public ApiException? Error(string key) => _reasons.TryGetValue(key, out var reason) ? Error(key, reason) : null;

    /// <summary>The error of one value.</summary>
    public static ApiException Error(string key, string reason) => ApiErrors.InternalError($"unable to transform key {GoText.Quote(key)}: {reason}");

    /// <summary>Refuses a list that one of them belongs to: half a list would tell clients that the others were deleted.</summary>
    /// <exception cref="ApiException">500, names the first.</exception>
    public void CheckList(string prefix)
    {
        if (_reasons.IsEmpty)
            return;
        var first = _reasons.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Min(StringComparer.Ordinal);
        if (first is not null)
            throw Error(first, _reasons[first]);
    }

    /// <summary>All that the store's key says of an object, for watchers that must hear that it is gone.</summary>
    public static byte[] NameOnly(string key)
    {
        var parts = key.Split('/');
        return Encoding.UTF8.GetBytes(new ObjectValue
        {
            { "metadata", new ObjectValue { { "name", parts[^1] }, { "namespace", parts.Length > 4 ? parts[^2] : "" } } },
        }.ToString());
    }
}
