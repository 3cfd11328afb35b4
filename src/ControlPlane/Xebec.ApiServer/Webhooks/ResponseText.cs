using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Webhooks;

/// <summary>What an HTTP failure of a webhook is called, as upstream's REST client words it.</summary>
internal static class ResponseText
{
    // What a server says for people may be a page of HTML; the start of it is enough.
    private const int ShownBytes = 2048;

    /// <summary>The failure that a status code and a body say; a Status in the body speaks for itself.</summary>
    public static WebhookCallException Failure(int code, byte[] body) =>
        new(StatusMessage(body) ?? Generic(code, Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, ShownBytes))).Trim())) { Code = code };

    private static string? StatusMessage(byte[] body)
    {
        try
        {
            return body is [(byte)'{', ..] ? StatusJson.Read(Value.Parse(body))?.Message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Generic(int code, string said) => code switch
    {
        400 => "the server rejected our request for an unknown reason",
        401 => "the server has asked for the client to provide credentials",
        403 => said,
        404 => "the server could not find the requested resource",
        405 => "the server does not allow this method on the requested resource",
        406 => "the server was unable to respond with a content type that the client supports",
        409 => "the server reported a conflict",
        415 => "the body of the request was in an unknown format - accepted media types include: ",
        422 => "the server rejected our request due to an error in our request",
        429 => "the server has received too many requests and has asked us to try again later",
        503 => "the server is currently unable to handle the request",
        504 => "the server was unable to return a response in the time allotted, but may still be processing the request",
        >= 500 => $"an error on the server ({GoText.Quote(said)}) has prevented the request from succeeding",
        _ => $"the server responded with the status code {code} but did not return more information",
    };
}
