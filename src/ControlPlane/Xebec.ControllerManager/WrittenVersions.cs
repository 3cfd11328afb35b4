using System.Collections.Concurrent;
using Xebec.Api;
using Xebec.Client;

namespace Xebec.ControllerManager;

/// <summary>
/// Remembers the versions a controller wrote, to know when its cache does not show them yet: objects with generated names would
/// be created twice.
/// </summary>
internal sealed class WrittenVersions
{
    private readonly ConcurrentDictionary<NamespacedName, ConcurrentDictionary<string, ulong>> _byOwner = new();

    public void Remember(NamespacedName owner, IKubernetesObject written) =>
        _byOwner.GetOrAdd(owner, static _ => new(StringComparer.Ordinal))[written.Metadata.Uid] = ResourceVersions.Of(written);

    public void ForgetOwner(NamespacedName owner) => _byOwner.TryRemove(owner, out _);

    /// <summary>An object that is gone need not show up any more.</summary>
    public void Forget(string uid)
    {
        foreach (var (_, versions) in _byOwner)
            versions.TryRemove(uid, out _);
    }

    /// <summary>Whether something written is missing from the cache or older there.</summary>
    public bool IsCacheBehind(NamespacedName owner, IEnumerable<IKubernetesObject> cached)
    {
        if (!_byOwner.TryGetValue(owner, out var written) || written.IsEmpty)
            return false;
        var expected = new HashSet<string>(written.Keys, StringComparer.Ordinal);
        foreach (var obj in cached)
        {
            if (!written.TryGetValue(obj.Metadata.Uid, out var version))
                continue;
            if (ResourceVersions.Of(obj) < version)
                return true;
            expected.Remove(obj.Metadata.Uid);
            written.TryRemove(obj.Metadata.Uid, out _);
        }

        return expected.Count > 0;
    }
}
