using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Webhooks;

/// <summary>The place that a kubeconfig's current context leads to, and how to show who we are there.</summary>
/// <param name="Server">Its URL.</param>
/// <param name="CaBundle">The CAs it is checked against, PEM as base64; empty for the machine's.</param>
/// <param name="ServerName">The name its certificate must be for.</param>
/// <param name="Token">A bearer token, empty for none.</param>
/// <param name="ClientCertificate">A certificate with its key, null for none.</param>
internal sealed record KubeconfigTarget(Uri Server, string CaBundle, string ServerName, string Token, X509Certificate2? ClientCertificate)
{
    /// <summary>Reads a kubeconfig; files it names are relative to its own folder.</summary>
    /// <exception cref="ConfigurationException">It leads nowhere.</exception>
    public static KubeconfigTarget Load(string path)
    {
        var tree = Parse(path);
        var context = Entry(path, tree, "contexts", "context", tree.GetString("current-context") ?? "");
        var cluster = Entry(path, tree, "clusters", "cluster", context.GetString("cluster") ?? "");
        var user = context.GetString("user") is { Length: > 0 } userName ? Entry(path, tree, "users", "user", userName) : new ObjectValue();
        if (!Uri.TryCreate(cluster.GetString("server"), UriKind.Absolute, out var server) || server.Scheme != "https")
            throw new ConfigurationException(path, $"server: \"{cluster.GetString("server")}\" is no https URL");
        var token = user.GetString("token") ?? (user.GetString("tokenFile") is { Length: > 0 } file ? Text(path, file).Trim() : "");
        var authority = Data(path, cluster, "certificate-authority");
        return new KubeconfigTarget(
            server, authority.Length > 0 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(authority)) : "",
            cluster.GetString("tls-server-name") is { Length: > 0 } name ? name : server.Host, token, Certificate(path, user));
    }

    private static ObjectValue Parse(string path)
    {
        try
        {
            return YamlReader.Read(ConfigurationFile.ReadBytes(path)).Value as ObjectValue ?? throw new ConfigurationException(path, "it is no kubeconfig");
        }
        catch (DecodeException e)
        {
            throw new ConfigurationException(path, e.Message, e);
        }
    }

    private static ObjectValue Entry(string path, ObjectValue tree, string list, string member, string name) =>
        ConfigurationFile.Objects(tree, list).FirstOrDefault(e => e.GetString("name") == name)?.GetObject(member)
        ?? throw new ConfigurationException(path, $"{list}: there is none of the name \"{name}\"");

    private static X509Certificate2? Certificate(string path, ObjectValue user)
    {
        var (certificate, key) = (Data(path, user, "client-certificate"), Data(path, user, "client-key"));
        if (certificate.Length == 0)
            return null;
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new ConfigurationException(path, $"client-certificate: {e.Message}", e);
        }
    }

    // Given as NAME-data (base64), or as a file NAME.
    private static string Data(string path, ObjectValue tree, string name)
    {
        if (tree.GetString($"{name}-data") is not { Length: > 0 } data)
            return tree.GetString(name) is { Length: > 0 } file ? Text(path, file) : "";
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException e)
        {
            throw new ConfigurationException(path, $"{name}-data: {e.Message}", e);
        }
    }

    private static string Text(string path, string file) =>
        Encoding.UTF8.GetString(ConfigurationFile.ReadBytes(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file)));
}
