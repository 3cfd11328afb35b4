using System.Net;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>The API server refused a request; carries its Status object.</summary>
public sealed class ApiErrorException : Exception
{
    /// <summary>An error from the server's Status.</summary>
    public ApiErrorException(Status status, Exception? inner = null)
        : base(status.Message.Length > 0 ? status.Message : $"the server answered {status.Code} {status.Reason}", inner) => Status = status;

    /// <summary>The whole Status, with details and causes.</summary>
    public Status Status { get; }

    /// <summary>The HTTP code, for example 409.</summary>
    public int Code => Status.Code;

    /// <summary>The machine-readable reason, for example AlreadyExists; empty when the server gave none.</summary>
    public string Reason => Status.Reason;

    /// <summary>What to wait before the next try, from Retry-After; null when the server did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>404: the object or the resource does not exist.</summary>
    public bool IsNotFound => Code == (int)HttpStatusCode.NotFound;

    /// <summary>409 Conflict: the resourceVersion or a precondition no longer holds.</summary>
    public bool IsConflict => Code == (int)HttpStatusCode.Conflict && Reason != "AlreadyExists";

    /// <summary>409 AlreadyExists.</summary>
    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>410: the resourceVersion or the continue token is too old; list again.</summary>
    public bool IsExpired => Code == (int)HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    /// <summary>403.</summary>
    public bool IsForbidden => Code == (int)HttpStatusCode.Forbidden;

    /// <summary>422: the object is not valid.</summary>
    public bool IsInvalid => Reason == "Invalid";

    /// <summary>429: too many requests, or an eviction that a disruption budget does not allow now.</summary>
    public bool IsTooManyRequests => Code == (int)HttpStatusCode.TooManyRequests;

    /// <summary>The object's namespace is being deleted, so nothing can be created in it.</summary>
    public bool IsNamespaceTerminating =>
        IsForbidden && Status.Details is { } details && details.Causes.Exists(c => c.Reason == "NamespaceTerminating");
}
