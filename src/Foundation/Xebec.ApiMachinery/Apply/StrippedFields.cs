namespace Xebec.ApiMachinery.Apply;

/// <summary>What nobody owns: the identity of an object and the metadata that the server sets.</summary>
internal static class StrippedFields
{
    public static bool Contains(WalkLevel level, string name) => level switch
    {
        WalkLevel.Root => name is "apiVersion" or "kind",
        WalkLevel.Metadata => name is "name" or "namespace" or "creationTimestamp" or "selfLink" or "uid" or "clusterName"
            or "generation" or "managedFields" or "resourceVersion",
        _ => false,
    };

    /// <summary>The level of a member of an object at a level.</summary>
    public static WalkLevel Below(WalkLevel level, string name) =>
        level == WalkLevel.Root && name == "metadata" ? WalkLevel.Metadata : WalkLevel.Inner;
}
