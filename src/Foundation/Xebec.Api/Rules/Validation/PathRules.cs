namespace Xebec.Api.Rules.Validation;

/// <summary>Paths inside a volume.</summary>
internal static class PathRules
{
    /// <summary>Neither absolute nor with a step up.</summary>
    public static IReadOnlyList<string> Relative(string path)
    {
        if (path.StartsWith('/'))
            return StepsUp(path) ? ["must be a relative path", "must not contain '..'"] : ["must be a relative path"];
        return NoStepsUp(path);
    }

    /// <summary>Relative, and not of a name that the kubelet keeps for itself.</summary>
    public static IReadOnlyList<string> RelativeAndFree(string path) =>
        path.StartsWith("..", StringComparison.Ordinal) && !path.StartsWith("../", StringComparison.Ordinal)
            ? [.. Relative(path), "must not start with '..'"]
            : Relative(path);

    /// <summary>No step up.</summary>
    public static IReadOnlyList<string> NoStepsUp(string path) => StepsUp(path) ? ["must not contain '..'"] : [];

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
