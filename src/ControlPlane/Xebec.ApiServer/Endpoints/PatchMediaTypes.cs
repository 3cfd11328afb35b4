namespace Xebec.ApiServer.Endpoints;

/// <summary>The media types of patches that a resource takes: custom resources have no strategic merge.</summary>
internal static class PatchMediaTypes
{
    /// <summary>JSON patch, RFC 6902.</summary>
    public const string Json = "application/json-patch+json";

    /// <summary>JSON merge patch, RFC 7386.</summary>
    public const string Merge = "application/merge-patch+json";

    /// <summary>Strategic merge patch.</summary>
    public const string Strategic = "application/strategic-merge-patch+json";

    /// <summary>Server-side apply.</summary>
    public const string Apply = "application/apply-patch+yaml";

    private static readonly string[] Custom = [Json, Merge, Apply];
    private static readonly string[] BuiltIn = [Json, Merge, Strategic, Apply];

    public static string[] Of(bool isCustom) => isCustom ? Custom : BuiltIn;
}
