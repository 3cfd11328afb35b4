using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints.Formats;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Chooses what a response is written in from the Accept header (API concepts, "alternate representations").</summary>
internal sealed class ContentNegotiation(ResponseFormats formats)
{
    /// <summary>The format of the acceptable media range liked best, JSON when nothing is asked for.</summary>
    /// <exception cref="ApiException">406 when nothing acceptable is served.</exception>
    public ResponseFormat Choose(RequestContext request)
    {
        var accept = request.Http.Request.Headers.Accept.ToString();
        if (accept is "" or "*/*" or "application/json" or "application/json, */*")
            return PrettyPrinting.IsWanted(request.Http.Request) ? formats.PrettyJson : formats.Json;
        foreach (var range in MediaRange.ParseAll(accept))
        {
            if (formats.Find(range, request) is { } found)
                return found;
        }

        throw ApiErrors.NotAcceptable(ResponseFormats.Served);
    }
}
