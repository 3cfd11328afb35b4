using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Xebec.Kubelet.Server;

/// <summary>Which part of a log is asked for (core/v1 PodLogOptions as query parameters).</summary>
internal sealed record LogRequest
{
    public bool Follow { get; init; }

    public bool Previous { get; init; }

    public bool Timestamps { get; init; }

    /// <summary>Lines from the end; null for all.</summary>
    public long? TailLines { get; init; }

    /// <summary>Most bytes to send; null for all.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Nothing older.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Stdout or Stderr; empty for both.</summary>
    public string Stream { get; init; } = "";

    /// <exception cref="FormatException">A parameter is not of its type.</exception>
    public static LogRequest Parse(IQueryCollection query, DateTimeOffset now)
    {
        var since = Number(query, "sinceSeconds") is { } seconds ? now.AddSeconds(-seconds) : (DateTimeOffset?)null;
        var sinceTime = query["sinceTime"].ToString();
        return new LogRequest
        {
            Follow = Flag(query, "follow"),
            Previous = Flag(query, "previous"),
            Timestamps = Flag(query, "timestamps"),
            TailLines = Number(query, "tailLines"),
            LimitBytes = Number(query, "limitBytes"),
            Since = sinceTime.Length > 0 ? DateTimeOffset.Parse(sinceTime, CultureInfo.InvariantCulture) : since,
            Stream = query["stream"].ToString() is ("Stdout" or "Stderr") and var stream ? stream : "",
        };
    }

    private static bool Flag(IQueryCollection query, string name) => query[name].ToString() is "true" or "1";

    private static long? Number(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text
        ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;
}
