using System.Globalization;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Numbers in query parameters; what is none is refused in the words of Go's strconv, which is what clients of upstream see.</summary>
internal static class QueryNumbers
{
    /// <summary>A signed number, null when the parameter is absent.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static long? Read(RequestContext request, string name)
    {
        if (request.Parameter(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest(Fault("ParseInt", text));
    }

    /// <summary>A resourceVersion, null when none is given.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static long? ReadRevision(string? text)
    {
        if (text is null)
            return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision <= long.MaxValue)
            return (long)revision;
        var error = FieldError.Invalid(FieldPath.Root("resourceVersion"), text, Fault("ParseUint", text));
        throw ApiErrors.BadRequest($"invalid resource version: {error}");
    }

    private static string Fault(string function, string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        var why = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') ? "value out of range" : "invalid syntax";
        return $"strconv.{function}: parsing {GoText.Quote(text)}: {why}";
    }
}
