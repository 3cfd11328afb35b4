using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiMachinery.Errors;

/// <summary>Makes the errors of the API with upstream's codes, reasons and words (k8s.io/apimachinery/pkg/api/errors).</summary>
public static class ApiErrors
{
    /// <summary>404: no such object.</summary>
    public static ApiException NotFound(ResourceInfo resource, string name) =>
        new(404, StatusReason.NotFound, $"{resource.QualifiedPlural} {GoText.Quote(name)} not found", StatusDetails.Of(resource, name));

    /// <summary>404 for a path nothing is served at; kubectl says "the server could not find the requested resource".</summary>
    public static ApiException PathNotFound() =>
        new(404, StatusReason.NotFound, "the server could not find the requested resource", new StatusDetails());

    /// <summary>409: the name is taken.</summary>
    public static ApiException AlreadyExists(ResourceInfo resource, string name) =>
        new(
        409,
        StatusReason.AlreadyExists,
        $"{resource.QualifiedPlural} {GoText.Quote(name)} already exists",
        StatusDetails.Of(resource, name));

    /// <summary>409: every generated name was taken; try again after a second.</summary>
    public static ApiException GenerateNameConflict(ResourceInfo resource, string name) => new(
        409,
        StatusReason.AlreadyExists,
        $"{resource.QualifiedPlural} {GoText.Quote(name)} already exists, the server was not able to generate a unique name for the object",
        StatusDetails.Of(resource, name) with { RetryAfterSeconds = 1 });

    /// <summary>401; an empty message says "not authorized".</summary>
    public static ApiException Unauthorized(string message = "Unauthorized") =>
        new(401, StatusReason.Unauthorized, message.Length == 0 ? "not authorized" : message);

    /// <summary>403 for an object of a resource; the name may be empty.</summary>
    public static ApiException Forbidden(ResourceInfo resource, string name, string why) =>
        Forbidden(resource.GroupVersion.Group, resource.Plural, name, why);

    /// <summary>403; resource and name may be empty (a path that is no resource).</summary>
    public static ApiException Forbidden(string group, string plural, string name, string why)
    {
        var qualified = group.Length == 0 ? plural : $"{plural}.{group}";
        var message = plural.Length == 0 ? $"forbidden: {why}"
            : name.Length == 0 ? $"{qualified} is forbidden: {why}"
            : $"{qualified} {GoText.Quote(name)} is forbidden: {why}";
        return new(403, StatusReason.Forbidden, message, new StatusDetails { Group = group, Kind = plural, Name = name });
    }

    /// <summary>409: the write was based on something that no longer holds.</summary>
    public static ApiException Conflict(ResourceInfo resource, string name, string why) =>
        Conflict(resource.GroupVersion.Group, resource.Plural, name, why);

    /// <summary>409: the same where upstream names something else than the plural.</summary>
    public static ApiException Conflict(string group, string what, string name, string why) => new(
        409,
        StatusReason.Conflict,
        $"Operation cannot be fulfilled on {(group.Length == 0 ? what : $"{what}.{group}")} {GoText.Quote(name)}: {why}",
        new StatusDetails { Group = group, Kind = what, Name = name });

    /// <summary>409: the object was written since the client read it.</summary>
    public static ApiException ObjectModified(ResourceInfo resource, string name) => Conflict(
        resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>409: server-side apply would take fields that others own.</summary>
    public static ApiException ApplyConflict(IReadOnlyList<StatusCause> causes, string message) =>
        new(409, StatusReason.Conflict, message, new StatusDetails { Causes = causes });

    /// <summary>410: gone for good.</summary>
    public static ApiException Gone(string message) => new(410, StatusReason.Gone, message);

    /// <summary>410: what was asked for is no longer kept.</summary>
    public static ApiException Expired(string message) => new(410, StatusReason.Expired, message);

    /// <summary>410: a watch or list from a revision older than the oldest kept.</summary>
    public static ApiException ResourceVersionTooOld(long asked, long oldestKept) =>
        Expired($"too old resource version: {asked} ({oldestKept})");

    /// <summary>410: the continue token's revision is compacted; a token to go on inconsistently may be given.</summary>
    public static ApiException ContinueTooOld(string inconsistentContinue)
    {
        const string TooOld = "The provided continue parameter is too old to display a consistent list result. ";
        if (inconsistentContinue.Length == 0)
            return Expired(TooOld + "You must start a new list without the continue parameter.");
        const string Choice = "You can start a new list without the continue parameter, or use the continue token in this "
            + "response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - "
            + "objects that were created, modified, or deleted between the time the first chunk was returned and now may show up "
            + "in the list.";
        return new(410, StatusReason.Expired, TooOld + Choice) { Continue = inconsistentContinue };
    }

    /// <summary>504: the revision asked for is not reached yet.</summary>
    public static ApiException ResourceVersionTooLarge(long asked, long current) => new(
        504,
        StatusReason.Timeout,
        $"Timeout: Too large resource version: {asked}, current: {current}",
        new StatusDetails
        {
            Causes = [new(CauseType.ResourceVersionTooLarge, "Too large resource version")],
            RetryAfterSeconds = 1,
        });

    /// <summary>422: the object breaks rules; every error becomes a cause.</summary>
    public static ApiException Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        var causes = errors.Select(e => new StatusCause(e.Type, e.Body, e.Field)).ToArray();
        var messages = errors.Select(e => e.ToString()).Distinct().ToArray();
        var tail = messages.Length switch { 0 => "", 1 => $": {messages[0]}", _ => $": [{string.Join(", ", messages)}]" };
        return new(
            422,
            StatusReason.Invalid,
            $"{qualified} {GoText.Quote(name)} is invalid{tail}",
            new StatusDetails { Group = group, Kind = kind, Name = name, Causes = causes });
    }

    /// <summary>422: the object breaks rules; every error becomes a cause.</summary>
    public static ApiException Invalid(ResourceInfo resource, string name, IReadOnlyList<FieldError> errors) =>
        Invalid(resource.GroupVersion.Group, resource.Kind, name, errors);

    /// <summary>422: a well-formed patch that cannot be applied; upstream does not say why.</summary>
    public static ApiException UnprocessablePatch() =>
        new(422, StatusReason.Invalid, "the server rejected our request due to an error in our request", new StatusDetails());

    /// <summary>400.</summary>
    public static ApiException BadRequest(string message) => new(400, StatusReason.BadRequest, message);

    /// <summary>405: the resource does not serve the verb.</summary>
    public static ApiException MethodNotSupported(ResourceInfo resource, string verb, string? why = null) => new(
        405,
        StatusReason.MethodNotAllowed,
        why ?? $"{verb} is not supported on resources of kind {GoText.Quote(resource.QualifiedPlural)}",
        new StatusDetails { Group = resource.GroupVersion.Group, Kind = resource.Plural });

    /// <summary>405: the path does not serve the HTTP method.</summary>
    public static ApiException MethodNotAllowed() =>
        new(405, StatusReason.MethodNotAllowed, "the server does not allow this method on the requested resource", new StatusDetails());

    /// <summary>406: none of the client's media types is served.</summary>
    public static ApiException NotAcceptable(IReadOnlyList<string> served) => new(
        406, StatusReason.NotAcceptable, $"only the following media types are accepted: {string.Join(", ", served)}");

    /// <summary>415: the body's media type is not read.</summary>
    public static ApiException UnsupportedMediaType(IReadOnlyList<string> read) => new(
        415,
        StatusReason.UnsupportedMediaType,
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", read)}");

    /// <summary>413.</summary>
    public static ApiException RequestEntityTooLarge(string message) =>
        new(413, StatusReason.RequestEntityTooLarge, $"Request entity too large: {message}");

    /// <summary>429, with the seconds to wait; 0 for none.</summary>
    public static ApiException TooManyRequests(string message, int retryAfterSeconds) =>
        new(429, StatusReason.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>504: not finished within the request's time.</summary>
    public static ApiException Timeout(string message, int retryAfterSeconds = 0) =>
        new(504, StatusReason.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>500: the operation could not be completed now.</summary>
    public static ApiException ServerTimeout(ResourceInfo resource, string operation, int retryAfterSeconds) => new(
        500,
        StatusReason.ServerTimeout,
        $"The {operation} operation against {resource.QualifiedPlural} could not be completed at this time, please try again.",
        StatusDetails.Of(resource, operation) with { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>500: our fault.</summary>
    public static ApiException InternalError(string message) => new(
        500,
        StatusReason.InternalError,
        $"Internal error occurred: {message}",
        new StatusDetails { Causes = [new("", message)] });

    /// <summary>503.</summary>
    public static ApiException ServiceUnavailable(string message) => new(503, StatusReason.ServiceUnavailable, message);
}
