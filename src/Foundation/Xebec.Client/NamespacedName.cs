namespace Xebec.Client;

/// <summary>Where an object is: its namespace (empty for cluster-scoped) and its name.</summary>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    /// <summary>Where this object is.</summary>
    public static NamespacedName Of(Api.IKubernetesObject obj) => new(obj.Metadata.Namespace, obj.Metadata.Name);

    /// <summary>namespace/name, or the name alone, as logs show it.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
