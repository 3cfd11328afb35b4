namespace Xebec.ApiServer.Endpoints;

/// <summary>The media types of patches that a resource takes: custom resources have no strategic merge.</summary>
internal static class PatchMediaTypes
{
    private static readonly string[] Custom = ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];
    private static readonly string[] BuiltIn = [Custom[0], Custom[1], "application/strategic-merge-patch+json", Custom[2]];

    public static string[] Of(bool isCustom) => isCustom ? Custom : BuiltIn;
}
