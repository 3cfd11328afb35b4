namespace Xebec.ApiMachinery.Resources;

/// <summary>Reads the table of kinds (resources.kinds): one line a kind.</summary>
public static class ResourceTable
{
    /// <summary>Every kind of the table.</summary>
    /// <exception cref="FormatException">A line is malformed or a kind stands there twice; the message says which.</exception>
    public static IReadOnlyList<ResourceInfo> Read(string text)
    {
        var all = new List<ResourceInfo>();
        var seen = new HashSet<(GroupVersion, string)>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] == '#')
                continue;
            var resource = ReadLine(line);
            if (!seen.Add((resource.GroupVersion, resource.Plural)))
                throw new FormatException($"{resource} is listed twice");
            all.Add(resource);
        }

        return all;
    }

    private static ResourceInfo ReadLine(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words[3] is not ("namespaced" or "cluster") || !GroupVersion.TryParse(words[0], out var groupVersion))
            throw new FormatException($"expected 'group/version Kind plural namespaced|cluster …', not '{line}'");
        return new ResourceInfo
        {
            GroupVersion = groupVersion,
            Kind = words[1],
            Plural = words[2],
            Singular = words[1].ToLowerInvariant(),
            Namespaced = words[3] == "namespaced",
            ShortNames = List(words, "short="),
            Categories = List(words, "categories="),
            Subresources = [.. List(words, "sub=").Select(s => ReadSubresource(s, groupVersion, words[1]))],
            Verbs = List(words, "verbs=") is { Count: > 0 } verbs ? verbs : ResourceInfo.UsualVerbs,
            SelectableFields = List(words, "fields="),
            StorageFolder = List(words, "key=") is [var key] ? key : words[2],
        };
    }

    private static IReadOnlyList<string> List(string[] words, string attribute) =>
        Array.Find(words, w => w.StartsWith(attribute, StringComparison.Ordinal)) is { } word ? word[attribute.Length..].Split(',') : [];

    private static SubresourceInfo ReadSubresource(string text, GroupVersion parent, string parentKind)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return new(text, parent, parentKind);
        var target = text[(colon + 1)..];
        var dot = target.LastIndexOf('.');
        if (!target.Contains('/', StringComparison.Ordinal))
            return new(text[..colon], parent, target);
        GroupVersion.TryParse(target[..dot], out var groupVersion);
        return new(text[..colon], groupVersion, target[(dot + 1)..]);
    }
}
