using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Projected volumes: every file in them has one source. The walk stands on the volume source.</summary>
internal static class ProjectedVolumeRules
{
    private const long ShortestToken = 600;
    private const long LongestToken = 1L << 32;

    public static void Check(ObjectValue source, CheckContext context)
    {
        VolumeRules.CheckMode(source, context);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var sources = source.GetList("sources");
        for (var i = 0; i < (sources?.Count ?? 0); i++)
        {
            if (sources![i] is not ObjectValue projection)
                continue;
            CheckPaths(projection, "secret", paths, context);
            CheckPaths(projection, "configMap", paths, context);
            CheckPaths(projection, "downwardAPI", paths, context);
            CheckToken(projection.GetObject("serviceAccountToken"), i, context);
            if (projection.Count > 1)
            {
                var path = context.At("sources").Index(i);
                context.Add(ApiMachinery.Errors.FieldError.Forbidden(path, "may not specify more than 1 volume type per source"));
            }
        }
    }

    private static void CheckPaths(ObjectValue projection, string sort, HashSet<string> paths, CheckContext context)
    {
        if (projection.GetObject(sort) is not { } files)
            return;
        foreach (var item in files.GetList("items") ?? [])
        {
            if (item.AsObject()?.GetString("path") is { Length: > 0 } path && !paths.Add(path))
                context.InvalidHere(sort == "downwardAPI" ? path : files.GetString("name") ?? "", "conflicting duplicate paths");
        }
    }

    // The path of a token is reported as the volume's, upstream's way.
    private static void CheckToken(ObjectValue? token, int index, CheckContext context)
    {
        if (token is null)
            return;
        var seconds = token["expirationSeconds"]?.AsInt64() ?? 0;
        var message = seconds < ShortestToken ? "may not specify a duration less than 10 minutes"
            : seconds > LongestToken ? "may not specify a duration larger than 2^32 seconds"
            : null;
        if (message is not null)
        {
            var path = context.At("sources").Index(index).Child("serviceAccountToken", "expirationSeconds");
            context.AddInvalid(path, seconds, [message]);
        }

        if (token.GetString("path") is { Length: > 0 } file)
            context.CheckText("path", file, PathRules.RelativeAndFree(file));
        else
            context.Required("path");
    }
}
