namespace Xebec.Api.Rules.Validation;

/// <summary>Paths inside a volume.</summary>
internal static class PathRules
{
    /// <summary>Neither absolute nor with a step up.</summary>
    public static IReadOnlyList<string> Relative(string path)
    {
        if (path.StartsWith('/'))
            return ["must be a relative path"];
        return StepsUp(path) ? ["must not contain '..'"] : [];
    }

    /// <summary>Whether one of the path's steps is <c>..</c>.</summary>
    public static bool StepsUp(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan()[range] is "..")
                return true;
        }

        return false;
    }
}
