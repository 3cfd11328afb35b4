namespace Xebec.ApiMachinery.Resources;

/// <summary>An API group (empty for the core group) and one of its versions.</summary>
/// <param name="Group">For example apps; empty for the core group.</param>
/// <param name="Version">For example v1.</param>
public readonly record struct GroupVersion(string Group, string Version)
{
    /// <summary>Parses an apiVersion such as <c>apps/v1</c> or <c>v1</c>; false when it has more than one slash.</summary>
    public static bool TryParse(string apiVersion, out GroupVersion groupVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        groupVersion = slash < 0 ? new("", apiVersion) : new(apiVersion[..slash], apiVersion[(slash + 1)..]);
        return apiVersion.LastIndexOf('/') == slash;
    }

    /// <summary>The apiVersion text.</summary>
    public override string ToString() => Group.Length == 0 ? Version : $"{Group}/{Version}";
}
