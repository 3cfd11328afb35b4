using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xebec.ComponentBase;

namespace Xebec.Host.Clusters;

/// <summary>What a cluster remembers of itself between runs.</summary>
/// <param name="Id">Six characters, random, in every name that the cluster gives to something of the machine.</param>
/// <param name="Port">TCP port of the API server.</param>
/// <param name="NodeName">Name of the node.</param>
/// <param name="KubeconfigPath">The kubeconfig that has the cluster's context; empty before it is written.</param>
internal sealed record ClusterState(string Id, int Port, string NodeName, string KubeconfigPath)
{
    private const string IdCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static ClusterState Create(int port, string nodeName) =>
        new(RandomNumberGenerator.GetString(IdCharacters, 6), port, nodeName, "");

    /// <summary>The state kept in the file; null when there is none.</summary>
    /// <exception cref="HostException">The file is damaged.</exception>
    public static ClusterState? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new ClusterState(
                root.GetProperty("id").GetString()!, root.GetProperty("port").GetInt32(),
                root.GetProperty("nodeName").GetString()!, root.GetProperty("kubeconfig").GetString()!);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HostException($"{path} is damaged ({exception.Message}); restore it, or delete the data folder", exception);
        }
    }

    public void Write(string path)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", Id);
            writer.WriteNumber("port", Port);
            writer.WriteString("nodeName", NodeName);
            writer.WriteString("kubeconfig", KubeconfigPath);
            writer.WriteEndObject();
        }

        PrivateFile.Write(path, Encoding.UTF8.GetString(output.WrittenSpan) + "\n");
    }
}
