using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints.Formats;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Chooses what a response is written in from the Accept header (API concepts, "alternate representations").</summary>
internal sealed class ContentNegotiation(ResponseFormats formats)
{
    /// <summary>The format of the first acceptable media range, JSON when nothing is asked for.</summary>
    /// <exception cref="ApiException">406 when nothing acceptable is served.</exception>
    public ResponseFormat Choose(RequestContext request)
    {
        var accept = request.Http.Request.Headers.Accept;
        if (accept.Count == 0 || accept.ToString() is "" or "*/*" or "application/json")
            return request.Flag("pretty") ? formats.PrettyJson : formats.Json;
        foreach (var range in accept.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (formats.Find(MediaRange.Parse(range), request) is { } found)
                return found;
        }

        throw ApiErrors.NotAcceptable(ResponseFormats.Served);
    }
}
