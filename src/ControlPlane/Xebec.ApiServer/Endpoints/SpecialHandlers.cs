namespace Xebec.ApiServer.Endpoints;

/// <summary>The handlers that are not the generic verbs, by group, plural, subresource and verb.</summary>
internal sealed class SpecialHandlers
{
    private readonly Dictionary<(string Group, string Plural, string Subresource, string Verb), Func<RequestContext, Task>> _handlers = [];

    /// <summary>Registers a handler for verbs of a resource or subresource.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public void Add(string group, string plural, string subresource, Func<RequestContext, Task> handler, params ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (!_handlers.TryAdd((group, plural, subresource, verb), handler))
                throw new InvalidOperationException($"{verb} of {plural}.{group}/{subresource} is registered twice");
        }
    }

    /// <summary>The handler of a request, null when the generic verbs serve it.</summary>
    public Func<RequestContext, Task>? Find(RequestContext request) => _handlers.GetValueOrDefault(
        (request.Info.Group, request.Info.Resource, request.Info.Subresource, request.Info.Verb));
}
