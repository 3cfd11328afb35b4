namespace Xebec.ApiMachinery.Errors;

/// <summary>The machine-readable reasons of a failed request (metav1.StatusReason).</summary>
public static class StatusReason
{
    /// <summary>No reason is known (500 and others).</summary>
    public const string Unknown = "";

    /// <summary>401: who asks is not known.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>403: who asks may not.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404.</summary>
    public const string NotFound = "NotFound";

    /// <summary>409: the name is taken.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>409: the object has changed since it was read, or another manager owns the fields.</summary>
    public const string Conflict = "Conflict";

    /// <summary>410: it is gone and will not come back.</summary>
    public const string Gone = "Gone";

    /// <summary>422: the object breaks a rule of its kind.</summary>
    public const string Invalid = "Invalid";

    /// <summary>500: the server is up but could not finish in time; try again.</summary>
    public const string ServerTimeout = "ServerTimeout";

    /// <summary>503: the storage could not be read.</summary>
    public const string StoreReadError = "StorageReadError";

    /// <summary>504: not finished within the client's time.</summary>
    public const string Timeout = "Timeout";

    /// <summary>429.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>400.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>405.</summary>
    public const string MethodNotAllowed = "MethodNotAllowed";

    /// <summary>406.</summary>
    public const string NotAcceptable = "NotAcceptable";

    /// <summary>413.</summary>
    public const string RequestEntityTooLarge = "RequestEntityTooLarge";

    /// <summary>415.</summary>
    public const string UnsupportedMediaType = "UnsupportedMediaType";

    /// <summary>500.</summary>
    public const string InternalError = "InternalError";

    /// <summary>410: the resource version or continue token is too old.</summary>
    public const string Expired = "Expired";

    /// <summary>503.</summary>
    public const string ServiceUnavailable = "ServiceUnavailable";
}
