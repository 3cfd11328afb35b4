using System.Text;
using Xebec.ApiMachinery.Quantities;
using Xebec.Kubelet.Containers;

namespace Xebec.Kubelet.Volumes;

/// <summary>The files of configMap, secret and downwardAPI volumes by relative path. Pure.</summary>
internal static class VolumePayload
{
    public const int DefaultMode = 0x1A4;

    public static void AddConfigMap(
        Dictionary<string, PayloadFile> files, ConfigMap? configMap, string name, List<KeyToPath> items, int mode, bool optional)
    {
        if (configMap is null)
        {
            if (!optional)
                throw new VolumeException($"configmap \"{name}\" not found");
            return;
        }

        var all = new Dictionary<string, byte[]>(configMap.BinaryData, StringComparer.Ordinal);
        foreach (var (key, value) in configMap.Data)
            all[key] = Encoding.UTF8.GetBytes(value);
        AddItems(files, all, items, mode, optional, "configmap");
    }

    public static void AddSecret(
        Dictionary<string, PayloadFile> files, Secret? secret, string name, List<KeyToPath> items, int mode, bool optional)
    {
        if (secret is null)
        {
            if (!optional)
                throw new VolumeException($"secret \"{name}\" not found");
            return;
        }

        AddItems(files, secret.Data, items, mode, optional, "secret");
    }

    public static void AddDownward(
        Dictionary<string, PayloadFile> files,
        Pod pod,
        List<DownwardAPIVolumeFile> items,
        int mode,
        IReadOnlyDictionary<string, Quantity> allocatable)
    {
        foreach (var item in items)
        {
            var text = item.FieldRef is { } field ? PodFields.Value(pod, field.FieldPath, [], "")
                : item.ResourceFieldRef is { } resource ? ResourceFields.Value(pod, new Container(), resource, allocatable)
                : null;
            if (text is null)
                throw new VolumeException($"downward API item {item.Path} has an unsupported source");
            Add(files, item.Path, new PayloadFile(Encoding.UTF8.GetBytes(text), item.Mode ?? mode));
        }
    }

    /// <summary>Adds a file; a path that leaves the volume is refused.</summary>
    public static void Add(Dictionary<string, PayloadFile> files, string path, PayloadFile file)
    {
        if (path.Length == 0 || path.StartsWith('/') || path.StartsWith("..", StringComparison.Ordinal) || path.Split('/').Contains(".."))
            throw new VolumeException($"invalid path: \"{path}\" must be relative and must not contain '..'");
        files[path] = file;
    }

    private static void AddItems(
        Dictionary<string, PayloadFile> files, Dictionary<string, byte[]> all, List<KeyToPath> items, int mode, bool optional, string kind)
    {
        if (items.Count == 0)
        {
            foreach (var (key, content) in all)
                Add(files, key, new PayloadFile(content, mode));
            return;
        }

        foreach (var item in items)
        {
            if (all.TryGetValue(item.Key, out var content))
                Add(files, item.Path, new PayloadFile(content, item.Mode ?? mode));
            else if (!optional)
                throw new VolumeException($"{kind} references non-existent {kind} key: {item.Key}");
        }
    }
}
