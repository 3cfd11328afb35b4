using Xebec.ApiMachinery.Decoding;
using Xebec.Api;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>DELETE of an object and of a collection.</summary>
internal sealed class DeleteHandlers(ResourceDeleter deleter, ListReader lists, ContentNegotiation negotiation)
{
    public async Task DeleteAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var (options, write) = await ReadAsync(request);
        var (item, gone) = await deleter.DeleteAsync(write, options, request.Aborted);
        if (gone && !request.Resource.Strategy.ReturnsDeletedObject)
        {
            var status = StatusJson.Success(Details(request, item.ToTree()));
            request.Audit?.SetResponseObject(status);
            await Responses.WriteJsonAsync(request.Http, status);
        }
        else
        {
            await Responses.WriteObjectAsync(request, format, item);
        }
    }

    private static StatusDetails Details(RequestContext request, ObjectValue item) =>
        StatusDetails.Of(request.Resource.Info, request.Info.Name) with { Uid = item.GetObject("metadata")?.GetString("uid") ?? "" };

    public async Task DeleteCollectionAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var (options, write) = await ReadAsync(request);
        var listOptions = ListOptions.Read(request);
        var filter = ObjectFilter.Read(listOptions, request.Resource, "");
        var page = await lists.ReadAsync(request.Resource, request.Info.Namespace, listOptions, filter, request.Aborted);
        for (var i = 0; i < page.Items.Length; i++)
        {
            var facts = page.Items.Span[i].Facts;
            await DeleteOneAsync(write with { Namespace = facts.Namespace, Name = facts.Name }, options, request.Aborted);
        }

        page = page with { Items = await request.Resource.ServeAsync(page.Items, request.Aborted) };
        request.Http.Response.ContentType = format.ContentType;
        await format.WriteListAsync(request.Http.Response.BodyWriter, request.Resource, page, request.Aborted);
        await request.Http.Response.BodyWriter.FlushAsync(request.Aborted);
    }

    private async ValueTask DeleteOneAsync(WriteRequest write, DeleteRequest options, CancellationToken cancellationToken)
    {
        try
        {
            await deleter.DeleteAsync(write, options, cancellationToken);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Somebody else deleted it in the meantime, which is what was wanted.
        }
    }

    private static async ValueTask<(DeleteRequest Options, WriteRequest Write)> ReadAsync(RequestContext request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var given = body.Length == 0 ? new ObjectValue() : Decode(request, body);
        if (body.Length > 0)
            request.Audit?.SetRequestObject(given);
        var dryRun = request.Query["dryRun"].Contains("All") || given.GetList("dryRun")?.Any(d => d.AsString() == "All") == true;
        var preconditions = given.GetObject("preconditions");
        var options = new DeleteRequest
        {
            GracePeriodSeconds = given["gracePeriodSeconds"]?.AsInt64() ?? Number(request, "gracePeriodSeconds"),
            PropagationPolicy = Propagation(request, given),
            Uid = preconditions?.GetString("uid"),
            ResourceVersion = preconditions?.GetString("resourceVersion"),
        };
        return (options, WriteHandlers.Request(request, new WriteOptions { FieldManager = "", DryRun = dryRun }));
    }

    private static ObjectValue Decode(RequestContext request, byte[] body)
    {
        try
        {
            return ObjectReader.DecodeBody(body, ObjectReader.MediaTypeOf(request), BuiltIn.Schema["meta/v1.DeleteOptions"], isCustom: false).Object;
        }
        catch (DecodeException e)
        {
            throw ApiErrors.BadRequest(e.MessageFor("DeleteOptions", "v1"));
        }
    }

    private static string? Propagation(RequestContext request, ObjectValue given)
    {
        var policy = given.GetString("propagationPolicy") ?? request.Parameter("propagationPolicy");
        var orphan = given["orphanDependents"]?.AsBool() ?? (request.Parameter("orphanDependents") is null ? null : request.Flag("orphanDependents"));
        if (policy is not (null or "Orphan" or "Background" or "Foreground"))
        {
            throw ApiErrors.Invalid(
                "meta.k8s.io", "DeleteOptions", "",
                [FieldError.NotSupported(FieldPath.Root("propagationPolicy"), policy, ["Foreground", "Background", "Orphan", "nil"])]);
        }

        return policy ?? orphan switch { true => "Orphan", false => "Background", null => null };
    }

    private static long? Number(RequestContext request, string name) =>
        request.Parameter(name) is { } text && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
