using System.Buffers;
using System.Text.Json;

namespace Xebec.Host.Images;

/// <summary>What an OCI image says of itself besides its files.</summary>
internal sealed record ImageConfig
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    public string WorkingFolder { get; init; } = "";

    public string User { get; init; } = "";

    public string StopSignal { get; init; } = "";

    public static ImageConfig Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("config", out var config)) return new ImageConfig();
        return new ImageConfig
        {
            Environment = Strings(config, "Env").Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[^1]),
            Labels = Keys(config, "Labels").ToDictionary(one => one.Name, one => one.Value.GetString() ?? ""),
            Entrypoint = Strings(config, "Entrypoint"),
            Command = Strings(config, "Cmd"),
            ExposedPorts = [.. Keys(config, "ExposedPorts").Select(one => one.Name)],
            WorkingFolder = Text(config, "WorkingDir"),
            User = Text(config, "User"),
            StopSignal = Text(config, "StopSignal"),
        };
    }

    /// <summary>The image's configuration as JSON; without a creation time, so that equal contents give an equal digest.</summary>
    public byte[] ToJson(IEnumerable<string> layerDigests, string architecture)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("architecture", architecture);
        writer.WriteString("os", "linux");
        writer.WriteStartObject("config");
        WriteConfig(writer);
        writer.WriteEndObject();
        writer.WriteStartObject("rootfs");
        writer.WriteString("type", "layers");
        WriteArray(writer, "diff_ids", layerDigests);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private void WriteConfig(Utf8JsonWriter writer)
    {
        WriteText(writer, "User", User);
        WriteText(writer, "WorkingDir", WorkingFolder);
        WriteText(writer, "StopSignal", StopSignal);
        WriteArray(writer, "Env", Environment.Select(one => $"{one.Key}={one.Value}"));
        WriteArray(writer, "Entrypoint", Entrypoint);
        WriteArray(writer, "Cmd", Command);
        WriteMap(writer, "ExposedPorts", ExposedPorts, static (json, name) => json.WriteStartObject(name));
        WriteMap(writer, "Labels", Labels.Keys, (json, name) => json.WriteString(name, Labels[name]));
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0) writer.WriteString(name, value);
    }

    private static void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        var list = values.ToList();
        if (list.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var value in list) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IEnumerable<string> keys, Action<Utf8JsonWriter, string> write)
    {
        var list = keys.Order(StringComparer.Ordinal).ToList();
        if (list.Count == 0) return;
        writer.WriteStartObject(name);
        foreach (var key in list)
        {
            var depth = writer.CurrentDepth;
            write(writer, key);
            if (writer.CurrentDepth > depth) writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Text(JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static List<string> Strings(JsonElement config, string name) =>
        config.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : [];

    private static IEnumerable<JsonProperty> Keys(JsonElement config, string name) =>
        config.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : [];
}
