using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The options of a delete (meta/v1 DeleteOptions): those in the body, or when there is no body those in the query.</summary>
internal static class DeleteOptionsReader
{
    /// <summary>Reads and checks them.</summary>
    /// <exception cref="ApiException">400, 413, 415 for what can't be read, 422 for what breaks a rule.</exception>
    public static async ValueTask<DeleteRequest> ReadAsync(RequestContext request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var given = body.Length == 0 ? FromQuery(request) : Decode(request, body);
        if (body.Length > 0)
            request.Audit?.SetRequestObject(given);
        return Of(given);
    }

    /// <summary>The options of a tree (also those an eviction carries), checked.</summary>
    /// <exception cref="ApiException">422.</exception>
    public static DeleteRequest Of(ObjectValue given)
    {
        Check(given);
        var preconditions = given.GetObject("preconditions");
        return new DeleteRequest
        {
            // Upstream takes a negative period for the shortest one.
            GracePeriodSeconds = given["gracePeriodSeconds"]?.AsInt64() is { } seconds ? seconds < 0 ? 1 : seconds : null,
            GivenPropagationPolicy = given.GetString("propagationPolicy"),
            OrphanDependents = given["orphanDependents"]?.AsBool(),
            Uid = preconditions?.GetString("uid"),
            ResourceVersion = preconditions?.GetString("resourceVersion"),
            DryRun = given.GetList("dryRun") is { Count: > 0 },
        };
    }

    private static ObjectValue FromQuery(RequestContext request)
    {
        var given = new ObjectValue();
        if (request.Query.Count == 0)
            return given;
        if (QueryNumbers.Read(request, "gracePeriodSeconds") is { } seconds)
            given["gracePeriodSeconds"] = seconds;
        if (request.Parameter("propagationPolicy") is { } policy)
            given["propagationPolicy"] = policy;
        if (request.Query.ContainsKey("orphanDependents"))
            given["orphanDependents"] = request.Flag("orphanDependents");
        var dryRun = request.Query["dryRun"].Where(d => d is { Length: > 0 });
        given["dryRun"] = new ListValue(dryRun.Select(d => (Value)new StringValue(d!)));
        return given;
    }

    private static ObjectValue Decode(RequestContext request, byte[] body)
    {
        try
        {
            var given = ObjectReader.DecodeBody(
                body, ObjectReader.MediaTypeOf(request), BuiltIn.Schema["meta/v1.DeleteOptions"], isCustom: false).Object;
            return given.GetString("kind") is null or "" or "DeleteOptions"
                ? given
                : throw ApiErrors.BadRequest("decoded object cannot be converted to DeleteOptions");
        }
        catch (DecodeException e)
        {
            throw ApiErrors.BadRequest(e.MessageFor("DeleteOptions", "v1"));
        }
    }

    private static void Check(ObjectValue given)
    {
        var errors = new List<FieldError>();
        var policyPath = FieldPath.Root("propagationPolicy");
        var policy = given.GetString("propagationPolicy");
        if (policy is not null && given["orphanDependents"] is BoolValue)
            errors.Add(FieldError.Invalid(policyPath, policy, "orphanDependents and deletionPropagation cannot be both set"));
        if (policy is not (null or "Orphan" or "Background" or "Foreground"))
            errors.Add(FieldError.NotSupported(policyPath, policy, ["Foreground", "Background", "Orphan", "nil"]));
        if (given.GetList("dryRun") is { Count: > 0 } dryRun)
            WriteOptions.CheckDryRun(dryRun.Select(d => d.AsString() ?? ""), errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid("meta.k8s.io", "DeleteOptions", "", errors);
    }
}
