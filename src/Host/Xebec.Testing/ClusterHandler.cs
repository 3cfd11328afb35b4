namespace Xebec.Testing;

/// <summary>
/// An in-process transport in the shape that clients accept which insist on adding handlers of their own: it answers itself and never
/// calls the handler behind it.
/// </summary>
internal sealed class ClusterHandler(HttpMessageHandler transport) : DelegatingHandler
{
    private readonly HttpMessageInvoker _transport = new(transport);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _transport.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _transport.Dispose();
        base.Dispose(disposing);
    }
}
