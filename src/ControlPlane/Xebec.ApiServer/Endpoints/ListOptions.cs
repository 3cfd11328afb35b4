using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The query parameters of a list or watch (meta/v1 ListOptions), checked.</summary>
internal sealed record ListOptions
{
    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary>The resourceVersion as given, null when none was.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>NotOlderThan, Exact, or empty.</summary>
    public string ResourceVersionMatch { get; init; } = "";

    /// <summary>The list is of the very revision given, not of one at least as new: as asked for, or because it is a page of it.</summary>
    public bool IsExact => ResourceVersion > 0 && (ResourceVersionMatch == "Exact" || (ResourceVersionMatch.Length == 0 && Limit > 0));

    public int Limit { get; init; }

    public string? Continue { get; init; }

    public long? TimeoutSeconds { get; init; }

    public bool AllowWatchBookmarks { get; init; }

    public bool? SendInitialEvents { get; init; }

    public static ListOptions Read(RequestContext request)
    {
        var options = new ListOptions
        {
            LabelSelector = request.Parameter("labelSelector") ?? "",
            FieldSelector = request.Parameter("fieldSelector") ?? "",
            ResourceVersionMatch = request.Parameter("resourceVersionMatch") ?? "",
            Limit = (int)Math.Clamp(QueryNumbers.Read(request, "limit") ?? 0, 0, int.MaxValue),
            Continue = request.Parameter("continue"),
            TimeoutSeconds = QueryNumbers.Read(request, "timeoutSeconds"),
            AllowWatchBookmarks = request.Flag("allowWatchBookmarks"),
            SendInitialEvents = request.Parameter("sendInitialEvents") is null ? null : request.Flag("sendInitialEvents"),
        };
        var revision = request.Parameter("resourceVersion");
        options.Check(request.Info.Verb == "watch", revision);
        if (request.Info.Verb != "watch" && options.Continue is not null && revision is not (null or "0"))
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        return options with { ResourceVersion = QueryNumbers.ReadRevision(revision) };
    }

    private void Check(bool isWatch, string? revision)
    {
        var errors = new List<FieldError>();
        if (isWatch)
            CheckWatch(errors);
        else
            CheckList(revision, errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", errors);
    }

    private void CheckList(string? revision, List<FieldError> errors)
    {
        if (ResourceVersionMatch.Length > 0)
        {
            if (revision is null)
                errors.Add(ForbiddenMatch("resourceVersionMatch is forbidden unless resourceVersion is provided"));
            if (Continue is not null)
                errors.Add(ForbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
            if (ResourceVersionMatch is not ("NotOlderThan" or "Exact"))
                errors.Add(FieldError.NotSupported(Match, ResourceVersionMatch, ["Exact", "NotOlderThan", ""]));
            if (ResourceVersionMatch == "Exact" && revision == "0")
                errors.Add(ForbiddenMatch("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        if (SendInitialEvents is not null)
            errors.Add(FieldError.Forbidden(FieldPath.Root("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
    }

    private void CheckWatch(List<FieldError> errors)
    {
        if (SendInitialEvents is not null && ResourceVersionMatch != "NotOlderThan")
            errors.Add(ForbiddenMatch("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        if (ResourceVersionMatch.Length == 0)
            return;
        if (SendInitialEvents is null)
            errors.Add(ForbiddenMatch("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        if (ResourceVersionMatch != "NotOlderThan")
            errors.Add(FieldError.NotSupported(Match, ResourceVersionMatch, ["NotOlderThan"]));
        if (Continue is not null)
            errors.Add(ForbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
    }

    private static FieldPath Match => FieldPath.Root("resourceVersionMatch");

    private static FieldError ForbiddenMatch(string detail) => FieldError.Forbidden(Match, detail);
}
