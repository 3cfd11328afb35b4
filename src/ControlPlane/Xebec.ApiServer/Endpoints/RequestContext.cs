using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>One request on its way through the server.</summary>
internal sealed record RequestContext
{
    public required HttpContext Http { get; init; }

    public required RequestInfo Info { get; init; }

    public required UserInfo User { get; init; }

    /// <summary>The resource asked for; set for resource requests only.</summary>
    public ServedResource Resource { get; init; } = null!;

    /// <summary>The seats of a watch, released once it follows; null for other verbs.</summary>
    public WatchSeat? Seat { get; init; }

    /// <summary>What is recorded of it, null when nothing is.</summary>
    public AuditRecord? Audit { get; init; }

    private WarningRecorder Warnings => field ??= new WarningRecorder(Http.Response.Headers);

    public CancellationToken Aborted => Http.RequestAborted;

    public IQueryCollection Query => Http.Request.Query;

    /// <summary>A query parameter, null when it is absent or empty.</summary>
    public string? Parameter(string name) =>
        Query.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    /// <summary>A boolean query parameter as upstream converts it: false when absent, "0" or "false", else true.</summary>
    public bool Flag(string name) => Query.TryGetValue(name, out var values) && IsTrue(values);

    internal static bool IsTrue(StringValues values) =>
        values.Count > 0 && values[0] is not "0" && !string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds a Warning header, as clients print it.</summary>
    public void Warn(string text) => Warnings.Add(text);

    /// <summary>Notes something for the audit log.</summary>
    public void Annotate(string key, string value) => Audit?.Annotate(key, value);
}
