using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Encryption;

/// <summary>Which resources are kept with which keys (apiserver.config.k8s.io/v1 EncryptionConfiguration): the first entry counts. Immutable.</summary>
internal sealed class EncryptionConfiguration
{
    private readonly List<(ResourcePattern[] Patterns, EncryptionKeys Keys)> _entries = [];

    /// <exception cref="ConfigurationException">The file is none, or asks for what is not served.</exception>
    public static EncryptionConfiguration Load(string path)
    {
        var tree = ConfigurationFile.Read(path, "config/v1.EncryptionConfiguration", "apiserver.config.k8s.io/v1");
        var loaded = new EncryptionConfiguration();
        foreach (var (at, entry) in ConfigurationFile.Objects(tree, "resources").Index())
        {
            ResourcePattern[] patterns = [.. ConfigurationFile.Texts(entry, "resources").Select(ResourcePattern.Parse)];
            var keys = ConfigurationFile.Objects(entry, "providers").SelectMany((p, i) => ReadProvider(path, $"resources[{at}].providers[{i}]", p));
            loaded.Add(path, $"resources[{at}]", patterns, [.. keys]);
        }

        return loaded._entries.Count > 0 ? loaded : throw new ConfigurationException(path, "resources: at least one is needed");
    }

    /// <summary>The keys of a resource, null when it is kept as it is.</summary>
    public EncryptionKeys? KeysOf(string group, string plural)
    {
        foreach (var (patterns, keys) in _entries)
        {
            if (patterns.Any(p => p.Matches(group, plural)))
                return keys;
        }

        return null;
    }

    private void Add(string path, string at, ResourcePattern[] patterns, EncryptionKey[] keys)
    {
        if (patterns.Length == 0)
            throw new ConfigurationException(path, $"{at}.resources: at least one is needed");
        if (keys.Length == 0)
            throw new ConfigurationException(path, $"{at}.providers: at least one is needed");
        foreach (var pattern in patterns)
        {
            if (pattern.Plural.Length == 0 || pattern is { Plural: not "*", Group: "*" } || pattern.Plural.Contains('/', StringComparison.Ordinal))
                throw new ConfigurationException(path, $"{at}.resources: \"{pattern.Plural}.{pattern.Group}\" is not a resource, *.GROUP or *.*");
            if (_entries.Exists(e => e.Patterns.Any(p => p.Matches(pattern.Group, pattern.Plural))))
                throw new ConfigurationException(path, $"{at}.resources: \"{pattern.Plural}.{pattern.Group}\" is masked by an earlier entry");
        }

        _entries.Add((patterns, new EncryptionKeys(keys)));
    }

    private static IEnumerable<EncryptionKey> ReadProvider(string path, string at, ObjectValue provider)
    {
        var names = provider.Select(p => p.Key).ToArray();
        if (names is not [var name])
            throw new ConfigurationException(path, $"{at}: exactly one provider is needed, found {names.Length}");
        return name switch
        {
            "identity" => [new IdentityKey()],
            "aesgcm" => ReadKeys(path, $"{at}.aesgcm", provider.GetObject(name)!, (key, secret) => new AesGcmKey(key, secret), 16, 24, 32),
            "aescbc" => ReadKeys(path, $"{at}.aescbc", provider.GetObject(name)!, (key, secret) => new AesCbcKey(key, secret), 32),
            "secretbox" => ReadKeys(path, $"{at}.secretbox", provider.GetObject(name)!, (key, secret) => new SecretBoxKey(key, secret), 32),
            _ => throw new ConfigurationException(path, $"{at}.{name}: the provider {name} is not served; use secretbox, aesgcm, aescbc or identity"),
        };
    }

    private static List<EncryptionKey> ReadKeys(
        string path, string at, ObjectValue provider, Func<string, byte[], EncryptionKey> make, params int[] sizes)
    {
        var keys = new List<EncryptionKey>();
        foreach (var key in ConfigurationFile.Objects(provider, "keys"))
        {
            var (name, encoded) = (key.GetString("name") ?? "", key.GetString("secret") ?? "");
            var secret = new byte[encoded.Length];
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal))
                throw new ConfigurationException(path, $"{at}.keys: a key needs a name without colons");
            if (!Convert.TryFromBase64String(encoded, secret, out var written))
                throw new ConfigurationException(path, $"{at}.keys: secret of key {name} must be base64 encoded");
            if (!sizes.Contains(written))
            {
                throw new ConfigurationException(
                    path, $"{at}.keys: secret of key {name} is not of the expected length, got {written}, expected one of [{string.Join(' ', sizes)}]");
            }

            keys.Add(make(name, secret[..written]));
        }

        return keys.Count > 0 ? keys : throw new ConfigurationException(path, $"{at}.keys: at least one is needed");
    }
}
