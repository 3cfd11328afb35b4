using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Xebec.Bench;

/// <summary>An API server and how to be let in.</summary>
internal sealed record Target(Uri Server, X509Certificate2? Authority, X509Certificate2? Client, string? Token)
{
    /// <summary>Reads what the options name.</summary>
    public static Target Read(BenchOptions options) => options.Kubeconfig is { } file
        ? FromKubeconfig(file)
        : new Target(
            options.Server!, options.AuthorityFile is { } ca ? X509Certificate2.CreateFromPem(File.ReadAllText(ca)) : null, null, options.Token);

    /// <summary>The current context of a kubeconfig.</summary>
    public static Target FromKubeconfig(string file)
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(file))
            yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var context = Named(root, "contexts", Text(root, "current-context")!, "context");
        var cluster = Named(root, "clusters", Text(context, "cluster")!, "cluster");
        var user = Named(root, "users", Text(context, "user")!, "user");
        var authority = Data(cluster, "certificate-authority", file) is { } ca ? X509Certificate2.CreateFromPem(ca) : null;
        var client = Data(user, "client-certificate", file) is { } pem
            ? X509Certificate2.CreateFromPem(pem, Data(user, "client-key", file)!)
            : null;
        return new Target(new Uri(Text(cluster, "server")!), authority, client, Text(user, "token"));
    }

    private static YamlMappingNode Named(YamlMappingNode root, string list, string name, string member)
    {
        var items = (YamlSequenceNode)root.Children[list];
        var item = items.Cast<YamlMappingNode>().First(i => Text(i, "name") == name);
        return (YamlMappingNode)item.Children[member];
    }

    private static string? Text(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? ((YamlScalarNode)value).Value : null;

    // NAME-data holds base64, NAME a path relative to the kubeconfig.
    private static string? Data(YamlMappingNode node, string name, string file)
    {
        if (Text(node, name + "-data") is { } data)
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        return Text(node, name) is { } path ? File.ReadAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, path)) : null;
    }
}
