using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Reads a PATCH body by its media type into what it does to an object.</summary>
internal sealed class PatchReader(TimeProvider time)
{
    /// <summary>Reads the patch; what is wrong with its content shows when it is applied.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public async ValueTask<ObjectPatch> ReadAsync(RequestContext request, WriteOptions options, StructSchema? kind = null)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var mediaType = ObjectReader.MediaTypeOf(request);
        request.Audit?.SetPatch(body, isYaml: mediaType is PatchMediaTypes.Apply);
        var target = PatchTarget.Of(request, options, kind);
        if (mediaType is PatchMediaTypes.Apply)
            return ReadApply(target, body);
        return mediaType switch
        {
            PatchMediaTypes.Json => Json(target, body),
            PatchMediaTypes.Merge => Merge(target, body),
            PatchMediaTypes.Strategic when !request.Resource.IsCustom => Strategic(target, body),
            _ => throw ApiErrors.UnsupportedMediaType(PatchMediaTypes.Of(request.Resource.IsCustom)),
        };
    }

    private static ObjectPatch Json(PatchTarget target, byte[] body)
    {
        const string Prefix = "error decoding patch: ";
        var patch = Parse(body, Prefix) as ListValue
            ?? throw ApiErrors.BadRequest($"{Prefix}json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        var problems = target.IsValidated ? [.. JsonPatch.UnknownMembers(patch), .. JsonInput.Duplicates(body)] : (IReadOnlyList<string>)[];
        var strictErrors = problems.Select(problem => $"json patch {problem}").ToArray();
        return Plain(stored => target.Normalize(Result(JsonPatch.Apply(stored, patch)), strictErrors, patch: null));
    }

    private static ObjectPatch Merge(PatchTarget target, byte[] body)
    {
        var patch = ParseObject(body, "error decoding patch: ");
        var duplicates = target.IsValidated ? JsonInput.Duplicates(body) : [];
        return Plain(stored => target.Normalize(JsonMergePatch.Apply(stored, patch), duplicates, patch: null));
    }

    private static ObjectPatch Strategic(PatchTarget target, byte[] body)
    {
        var patch = ParseObject(body, "");
        var duplicates = target.IsValidated ? JsonInput.Duplicates(body) : [];
        return Plain(stored => target.Normalize(StrategicMergePatch.Apply(stored, patch, target.Schema), duplicates, patch));
    }

    private static ObjectPatch Plain(Func<ObjectValue, ObjectValue> apply) =>
        new(IsApply: false, CreatesWhenAbsent: false, stored => ValueTask.FromResult(apply(stored!)));

    private static ObjectValue Result(Value patched) => patched as ObjectValue ?? throw ApiErrors.BadRequest("the patch leaves no object");

    private ObjectPatch ReadApply(PatchTarget target, byte[] body)
    {
        var document = ParseYaml(body);
        var config = document.Value as ObjectValue ?? throw ApiErrors.BadRequest("the applied configuration is not an object");
        var now = ObjectMetadata.Timestamp(time.GetUtcNow());
        return new ObjectPatch(IsApply: true, CreatesWhenAbsent: true, async stored =>
        {
            target.CheckAppliedKind(config);
            var applied = await ApplyAsync(target, stored, config, now);
            ReportRepeated(target, document);
            return target.Normalize(applied, [], patch: null);
        });
    }

    // A kind of several versions is decoded where the configuration meets what others own, which may be the first to see a malformed value.
    private static async ValueTask<ObjectValue> ApplyAsync(PatchTarget target, ObjectValue? stored, ObjectValue config, string now)
    {
        try
        {
            return await FieldManager.ApplyAsync(
                stored, (ObjectValue)config.DeepClone(), target.Versions, target.Options.FieldManager, target.Options.Force,
                target.Request.Info.Subresource, now);
        }
        catch (DecodeException e)
        {
            throw PatchTarget.Refused(config, patch: null, e.Message);
        }
    }

    private static void ReportRepeated(PatchTarget target, YamlDocument document)
    {
        const string Prefix = "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ";
        if (document.StrictErrors.Count == 0 || !target.IsValidated)
            return;
        if (target.Options.FieldValidation == "Strict")
            throw ApiErrors.BadRequest(Prefix + string.Join("\n  ", document.StrictErrors));
        foreach (var problem in document.StrictErrors)
            target.Request.Warn(problem);
    }

    private static YamlDocument ParseYaml(byte[] body)
    {
        try
        {
            return YamlReader.Read(body);
        }
        catch (DecodeException e)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {e.Message}");
        }
    }

    private static ObjectValue ParseObject(byte[] body, string prefix) =>
        Parse(body, prefix) as ObjectValue
            ?? throw ApiErrors.BadRequest($"{prefix}json: cannot unmarshal array into Go value of type map[string]interface {{}}");

    private static Value Parse(byte[] body, string prefix)
    {
        try
        {
            return JsonInput.Parse(body);
        }
        catch (DecodeException e)
        {
            throw ApiErrors.BadRequest(prefix + e.Message);
        }
    }
}
