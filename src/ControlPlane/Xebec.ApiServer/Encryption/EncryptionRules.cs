using System.Collections.Concurrent;
using Xebec.Api;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Encryption;

/// <summary>Which keys a store's key is kept with: the configuration's answers, found once for each folder.</summary>
internal sealed class EncryptionRules(EncryptionConfiguration configuration)
{
    private static readonly ILookup<string, (string Group, string Plural)> BuiltInFolders =
        BuiltIn.Resources.ToLookup(r => r.StorageFolder, r => (r.GroupVersion.Group, r.Plural), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Answer> _byFolder = new(StringComparer.Ordinal);

    /// <summary>The keys of what is stored at a key, null when it is kept as it is.</summary>
    public EncryptionKeys? KeysOf(string key) =>
        key.StartsWith("/registry/", StringComparison.Ordinal) ? _byFolder.GetOrAdd(CacheSet.FolderOf(key), Find).Keys : null;

    private Answer Find(string folder)
    {
        foreach (var (group, plural) in BuiltInFolders[folder])
        {
            if (configuration.KeysOf(group, plural) is { } keys)
                return new Answer(keys);
        }

        var slash = folder.IndexOf('/', StringComparison.Ordinal);
        var isCustom = slash > 0 && !BuiltInFolders.Contains(folder);
        return new Answer(isCustom ? configuration.KeysOf(folder[..slash], folder[(slash + 1)..]) : null);
    }

    private readonly record struct Answer(EncryptionKeys? Keys);
}
