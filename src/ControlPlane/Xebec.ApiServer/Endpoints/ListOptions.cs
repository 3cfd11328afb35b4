using System.Globalization;
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
            ResourceVersion = ReadRevision(request.Parameter("resourceVersion")),
            ResourceVersionMatch = request.Parameter("resourceVersionMatch") ?? "",
            Limit = (int)Math.Clamp(ReadNumber(request, "limit") ?? 0, 0, int.MaxValue),
            Continue = request.Parameter("continue"),
            TimeoutSeconds = ReadNumber(request, "timeoutSeconds"),
            AllowWatchBookmarks = request.Flag("allowWatchBookmarks"),
            SendInitialEvents = request.Parameter("sendInitialEvents") is null ? null : request.Flag("sendInitialEvents"),
        };
        options.Check(request.Info.Verb == "watch");
        return options;
    }

    private void Check(bool isWatch)
    {
        if (ResourceVersionMatch is not ("" or "NotOlderThan" or "Exact"))
            throw Invalid(FieldError.NotSupported(FieldPath.Root("resourceVersionMatch"), ResourceVersionMatch, ["Exact", "NotOlderThan"]));
        if (isWatch)
            CheckWatch();
        else
            CheckList();
    }

    private void CheckList()
    {
        if (SendInitialEvents is not null)
            throw Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        if (ResourceVersionMatch.Length == 0 && Continue is not null && ResourceVersion > 0)
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        if (ResourceVersionMatch.Length == 0)
            return;
        if (Continue is not null)
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        if (ResourceVersion is null)
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (ResourceVersionMatch == "Exact" && ResourceVersion == 0)
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }

    private void CheckWatch()
    {
        if (SendInitialEvents is null && ResourceVersionMatch.Length > 0)
            throw Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        if (SendInitialEvents is not null && ResourceVersionMatch != "NotOlderThan")
            throw Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        if (SendInitialEvents == true && !AllowWatchBookmarks)
            throw Forbidden("sendInitialEvents", "sendInitialEvents requires allowWatchBookmarks");
    }

    private static ApiException Forbidden(string field, string detail) => Invalid(FieldError.Forbidden(FieldPath.Root(field), detail));

    private static ApiException Invalid(FieldError error) => ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", [error]);

    private static long? ReadRevision(string? text)
    {
        if (text is null)
            return null;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision <= long.MaxValue
            ? (long)revision
            : throw ApiErrors.BadRequest($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }

    private static long? ReadNumber(RequestContext request, string name)
    {
        if (request.Parameter(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest($"unable to decode query parameter {name}: strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
