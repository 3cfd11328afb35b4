using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Images;

/// <summary>Reads the credentials of imagePullSecrets (types kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg). Pure.</summary>
internal static class RegistryCredentials
{
    /// <summary>The credentials for an image's registry, in the order of the secrets.</summary>
    public static List<AuthConfig> For(string image, IEnumerable<Secret> secrets)
    {
        var registry = ImageReference.Registry(image);
        var found = new List<AuthConfig>();
        foreach (var secret in secrets)
        {
            foreach (var (server, entry) in Entries(secret))
            {
                if (Matches(server, registry, image) && entry.AsObject() is { } auth)
                    found.Add(Read(server, auth));
            }
        }

        return found;
    }

    private static IEnumerable<KeyValuePair<string, Value>> Entries(Secret secret)
    {
        if (secret.Data.TryGetValue(".dockerconfigjson", out var json))
            return (Parse(json)?.GetObject("auths") as IEnumerable<KeyValuePair<string, Value>>) ?? [];
        return secret.Data.TryGetValue(".dockercfg", out var old) ? (Parse(old) as IEnumerable<KeyValuePair<string, Value>>) ?? [] : [];
    }

    private static ObjectValue? Parse(byte[] json)
    {
        try
        {
            return Value.Parse(json).AsObject();
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool Matches(string server, string registry, string image)
    {
        var name = server.Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal).TrimEnd('/');
        if (registry == "docker.io" && name is "index.docker.io/v1" or "index.docker.io" or "registry-1.docker.io" or "docker.io")
            return true;
        if (name.StartsWith("*.", StringComparison.Ordinal))
            return registry.EndsWith(name[1..], StringComparison.Ordinal);
        return name == registry || image.StartsWith(name + "/", StringComparison.Ordinal);
    }

    private static AuthConfig Read(string server, ObjectValue auth)
    {
        var (user, password) = (auth.GetString("username") ?? "", auth.GetString("password") ?? "");
        var encoded = auth.GetString("auth") ?? "";
        if (user.Length == 0 && encoded.Length > 0)
        {
            var buffer = new byte[encoded.Length];
            if (Convert.TryFromBase64String(encoded, buffer, out var length) &&
                Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var name, var secret])
                (user, password) = (name, secret);
        }

        return new AuthConfig
        {
            Username = user,
            Password = password,
            IdentityToken = auth.GetString("identitytoken") ?? "",
            ServerAddress = server,
        };
    }
}
