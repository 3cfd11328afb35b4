using System.Text;
using YamlDotNet.RepresentationModel;

namespace Xebec.ComponentBase.Kubeconfig;

/// <summary>Pure edits of a kubeconfig's text; what belongs to other clusters stays as it is.</summary>
public static class KubeconfigText
{
    /// <summary>A kubeconfig that holds this entry only.</summary>
    public static string Write(KubeconfigEntry entry) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {entry.Name}
          cluster:
            server: {ServerUrl(entry)}
            certificate-authority-data: {Base64(entry.CertificateAuthorityPem)}
        contexts:
        - name: {entry.Name}
          context:
            cluster: {entry.Name}
            user: {entry.Name}
        current-context: {entry.Name}
        preferences: {"{}"}
        users:
        - name: {entry.Name}
          user:
            client-certificate-data: {Base64(entry.ClientCertificatePem)}
            client-key-data: {Base64(entry.ClientKeyPem)}

        """;

    /// <summary>Adds the entry, or replaces the one of its name, and makes it the current context.</summary>
    /// <exception cref="InvalidDataException">The text is not a kubeconfig.</exception>
    public static string Merge(string existing, KubeconfigEntry entry)
    {
        if (string.IsNullOrWhiteSpace(existing)) return Write(entry);
        var (theirs, ours) = (Parse(existing), Parse(Write(entry)));
        foreach (var list in new[] { "clusters", "contexts", "users" })
            Put(theirs, list, ((YamlSequenceNode)ours.Children[new YamlScalarNode(list)]).Children[0], entry.Name);
        theirs.Children[new YamlScalarNode("current-context")] = new YamlScalarNode(entry.Name);
        return Save(theirs);
    }

    /// <summary>Takes the cluster, user and context of this name out; the current context too when it is this one.</summary>
    /// <exception cref="InvalidDataException">The text is not a kubeconfig.</exception>
    public static string Remove(string existing, string name)
    {
        if (string.IsNullOrWhiteSpace(existing)) return existing;
        var root = Parse(existing);
        foreach (var list in new[] { "clusters", "contexts", "users" })
            if (Find(root, list) is YamlSequenceNode items && IndexOf(items, name) is >= 0 and var at) items.Children.RemoveAt(at);
        if (Find(root, "current-context") is YamlScalarNode current && current.Value == name)
        {
            var none = new YamlScalarNode("") { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };
            root.Children[new YamlScalarNode("current-context")] = none;
        }

        return Save(root);
    }

    private static void Put(YamlMappingNode root, string list, YamlNode item, string name)
    {
        if (Find(root, list) is not YamlSequenceNode items)
            root.Children[new YamlScalarNode(list)] = items = new YamlSequenceNode();
        items.Style = YamlDotNet.Core.Events.SequenceStyle.Block;
        if (IndexOf(items, name) is >= 0 and var at) items.Children[at] = item;
        else items.Children.Add(item);
    }

    private static YamlNode? Find(YamlMappingNode root, string key) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static int IndexOf(YamlSequenceNode items, string name)
    {
        for (var i = 0; i < items.Children.Count; i++)
            if (items.Children[i] is YamlMappingNode item && Find(item, "name") is YamlScalarNode scalar && scalar.Value == name) return i;
        return -1;
    }

    private static YamlMappingNode Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return root;
        }
        catch (YamlDotNet.Core.YamlException exception)
        {
            throw new InvalidDataException($"the kubeconfig is not valid YAML: {exception.Message}", exception);
        }

        throw new InvalidDataException("the kubeconfig is not one YAML mapping");
    }

    private static string Save(YamlMappingNode root)
    {
        var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static string ServerUrl(KubeconfigEntry entry) => entry.Server.GetLeftPart(UriPartial.Authority);

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
