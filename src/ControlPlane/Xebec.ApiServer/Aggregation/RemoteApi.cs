using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Aggregation;

/// <summary>A group and version that another server serves, as its APIService says. Immutable.</summary>
internal sealed class RemoteApi
{
    private RemoteApi(ObjectValue tree, ObjectValue spec, ObjectValue service)
    {
        Name = tree.GetObject("metadata")?.GetString("name") ?? "";
        GroupVersion = new GroupVersion(spec.GetString("group") ?? "", spec.GetString("version") ?? "");
        GroupPriority = spec["groupPriorityMinimum"]?.AsInt64() ?? 0;
        VersionPriority = spec["versionPriority"]?.AsInt64() ?? 0;
        Backend = new RemoteBackend(
            service.GetString("namespace") ?? "", service.GetString("name") ?? "", (int)(service["port"]?.AsInt64() ?? 443),
            spec.GetString("caBundle") ?? "", spec["insecureSkipTLSVerify"]?.AsBool() == true);
        IsAvailable = tree.GetObject("status")?.GetList("conditions")?.OfType<ObjectValue>()
            .Any(c => c.GetString("type") == "Available" && c.GetString("status") == "True") == true;
    }

    /// <summary>The APIService's name.</summary>
    public string Name { get; }

    public GroupVersion GroupVersion { get; }

    /// <summary>Where the group comes among the others; the higher the earlier.</summary>
    public long GroupPriority { get; }

    /// <summary>Where the version comes among those of its group; the higher the earlier.</summary>
    public long VersionPriority { get; }

    /// <summary>Who serves it.</summary>
    public RemoteBackend Backend { get; }

    /// <summary>Its Available condition is true.</summary>
    public bool IsAvailable { get; }

    /// <summary>The path that its requests begin with.</summary>
    public string Path => (GroupVersion.Group.Length == 0 ? "/api/" : "/apis/") + GroupVersion;

    /// <summary>Reads an APIService; null when it is served here.</summary>
    public static RemoteApi? Read(ObjectValue tree) =>
        tree.GetObject("spec") is { } spec && spec.GetObject("service") is { } service ? new RemoteApi(tree, spec, service) : null;
}
