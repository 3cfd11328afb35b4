using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>PUT of namespaces/NAME/finalize: the one way to change spec.finalizers, used by the namespace controller.</summary>
internal sealed class NamespaceFinalizeHandler(ResourceWriter writer, ContentNegotiation negotiation)
{
    public async Task FinalizeAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var options = WriteOptions.Read(request);
        var given = await ObjectReader.ReadAsync(request, request.Resource.Schema, "v1", "Namespace", options.FieldValidation);
        var stored = await writer.UpdateAsync(
            WriteHandlers.Request(request, options),
            current =>
            {
                current.GetOrAddObject("spec")["finalizers"] = given.GetObject("spec")?["finalizers"];
                current.GetObject("metadata")!["resourceVersion"] = given.GetObject("metadata")?["resourceVersion"];
                return current;
            },
            request.Aborted);
        await Responses.WriteObjectAsync(request, format, stored);
    }
}
