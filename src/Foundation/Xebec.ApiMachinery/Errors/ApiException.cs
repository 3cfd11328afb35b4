namespace Xebec.ApiMachinery.Errors;

/// <summary>A request failed: what becomes a Status object with an HTTP code. Make one with <see cref="ApiErrors"/>.</summary>
/// <param name="code">The HTTP status code.</param>
/// <param name="reason">One of <see cref="StatusReason"/>.</param>
/// <param name="message">For people.</param>
/// <param name="details">What it was about, null when there is nothing to say.</param>
public sealed class ApiException(int code, string reason, string message, StatusDetails? details = null) : Exception(message)
{
    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;

    /// <summary>One of <see cref="StatusReason"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>What it was about, null when there is nothing to say.</summary>
    public StatusDetails? Details { get; } = details;

    /// <summary>The continue token of an expired list, with which a client may go on inconsistently.</summary>
    public string Continue { get; init; } = "";

    /// <summary>When to try again, for the Retry-After header; 0 for none.</summary>
    public int RetryAfterSeconds => Details?.RetryAfterSeconds ?? 0;

    /// <summary>The Status object as UTF-8 JSON.</summary>
    public byte[] ToUtf8() => StatusJson.Failure(this);
}
