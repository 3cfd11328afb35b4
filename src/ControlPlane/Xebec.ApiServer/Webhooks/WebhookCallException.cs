namespace Xebec.ApiServer.Webhooks;

/// <summary>A webhook could not be called, or what it answered is no answer; the message is worded as upstream's HTTP client does.</summary>
internal sealed class WebhookCallException(string message) : Exception(message)
{
    /// <summary>The HTTP status it answered with, 0 when there was no answer.</summary>
    public int Code { get; init; }
}
