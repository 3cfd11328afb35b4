using System.Text;
using System.Text.Json;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Writes the pod network's CNI list: a bridge with addresses from the node's pod CIDR, and host ports.</summary>
internal static class CniConfig
{
    public static string Write(string bridge, string podCidr, string allocationsDir)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("cniVersion", "1.0.0");
            json.WriteString("name", bridge);
            json.WriteStartArray("plugins");
            WriteBridge(json, bridge, podCidr, allocationsDir);
            WritePortMap(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteBridge(Utf8JsonWriter json, string bridge, string podCidr, string allocationsDir)
    {
        json.WriteStartObject();
        json.WriteString("type", "bridge");
        json.WriteString("bridge", bridge);
        json.WriteBoolean("isGateway", true);
        json.WriteBoolean("hairpinMode", true);
        json.WriteStartObject("ipam");
        json.WriteString("type", "host-local");
        json.WriteString("dataDir", allocationsDir);
        json.WriteStartArray("ranges");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("subnet", podCidr);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("routes");
        json.WriteStartObject();
        json.WriteString("dst", "0.0.0.0/0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePortMap(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "portmap");
        json.WriteStartObject("capabilities");
        json.WriteBoolean("portMappings", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
