namespace Xebec.Client.Tests.Fakes;

/// <summary>What a path means; the key of an object is group/version/plural/namespace/name.</summary>
internal sealed record FakeTarget(string GroupVersion, string Plural, string Namespace, string Name, string Subresource)
{
    public string Key => $"{GroupVersion}|{Plural}|{Namespace}|{Name}";

    public FakeTarget At(string name) => this with { Name = name };

    public bool Selects(string key)
    {
        var other = OfKey(key);
        return other.GroupVersion == GroupVersion && other.Plural == Plural && (Namespace.Length == 0 || other.Namespace == Namespace);
    }

    public static FakeTarget OfKey(string key)
    {
        var parts = key.Split('|');
        return new(parts[0], parts[1], parts[2], parts[3], "");
    }

    public static FakeTarget Parse(string path)
    {
        var parts = path.Trim('/').Split('/');
        var versionWords = parts[0] == "api" ? 1 : 2;
        var groupVersion = string.Join('/', parts.Skip(1).Take(versionWords));
        var rest = parts.Skip(1 + versionWords).ToArray();
        var ns = "";
        if (rest[0] == "namespaces" && rest.Length > 2 && rest[2] is not ("status" or "finalize"))
        {
            ns = rest[1];
            rest = rest[2..];
        }

        return new(groupVersion, rest[0], ns, rest.ElementAtOrDefault(1) ?? "", rest.ElementAtOrDefault(2) ?? "");
    }
}
