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
        request.Audit?.SetPatch(body, isYaml: mediaType is "application/apply-patch+yaml");
        if (mediaType is "application/apply-patch+yaml")
            return ReadApply(request, options, body, kind);
        if (options.Force)
            throw ForceNeedsApply();
        var (resource, schema) = (request.Resource, kind ?? request.Resource.Schema);
        return mediaType switch
        {
            "application/json-patch+json" => Json(request, options, schema, ParseAny(body)),
            "application/merge-patch+json" => Merge(request, options, schema, ParseObject(body)),
            "application/strategic-merge-patch+json" when !resource.IsCustom => Strategic(request, options, schema, ParseObject(body)),
            _ => throw ApiErrors.UnsupportedMediaType(PatchMediaTypes.Of(resource.IsCustom)),
        };
    }

    private static ObjectPatch Json(RequestContext request, WriteOptions options, StructSchema schema, Value patch) =>
        Plain(request, options, schema, stored => JsonPatch.Apply(stored, patch));

    private static ObjectPatch Merge(RequestContext request, WriteOptions options, StructSchema schema, ObjectValue patch) =>
        Plain(request, options, schema, stored => JsonMergePatch.Apply(stored!, patch));

    private static ObjectPatch Strategic(RequestContext request, WriteOptions options, StructSchema schema, ObjectValue patch) =>
        Plain(request, options, schema, stored => StrategicMergePatch.Apply(stored, patch, schema));

    private static ObjectPatch Plain(
        RequestContext request, WriteOptions options, StructSchema schema, Func<ObjectValue, Value> apply) => new(
        IsApply: false, CreatesWhenAbsent: false,
        stored => ValueTask.FromResult(Normalize(request, options, schema, apply(stored!) as ObjectValue
            ?? throw ApiErrors.BadRequest("the patch leaves no object"))));

    private static ObjectValue Normalize(RequestContext request, WriteOptions options, StructSchema schema, ObjectValue patched)
    {
        try
        {
            var decoded = ObjectDecoder.Normalize(patched, schema);
            ObjectReader.Report(request, decoded, options.FieldValidation);
            CheckIdentity(request, decoded.Object);
            return decoded.Object;
        }
        catch (DecodeException e)
        {
            throw Malformed(request, e);
        }
    }

    private static ApiException Malformed(RequestContext request, DecodeException e) =>
        ApiErrors.BadRequest(e.MessageFor(request.Resource.Info.Kind, request.Resource.Info.GroupVersion.ToString()));

    private static void CheckIdentity(RequestContext request, ObjectValue patched)
    {
        var name = patched.GetObject("metadata")?.GetString("name") ?? "";
        if (name != request.Info.Name)
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Info.Name})");
    }

    private ObjectPatch ReadApply(RequestContext request, WriteOptions options, byte[] body, StructSchema? kind)
    {
        if (request.Parameter("fieldManager") is null)
        {
            throw ApiErrors.Invalid(
                "meta.k8s.io", "PatchOptions", "",
                [FieldError.Required(FieldPath.Root("fieldManager"), "is required for apply patch")]);
        }

        var document = ParseYaml(body);
        var config = document.Value as ObjectValue ?? throw ApiErrors.BadRequest("the applied configuration is not an object");
        var versions = kind is null ? request.Resource.OwnedVersions : new KindVersions(kind, SubresourceVersion(request));
        var now = ObjectMetadata.Timestamp(time.GetUtcNow());
        return new ObjectPatch(IsApply: true, CreatesWhenAbsent: true, async stored =>
        {
            try
            {
                var applied = await FieldManager.ApplyAsync(
                    stored, (ObjectValue)config.DeepClone(), versions, options.FieldManager, options.Force, request.Info.Subresource, now);
                ReportRepeated(request, document, options.FieldValidation);
                return Normalize(request, options, versions.Written.Schema!, applied);
            }
            catch (DecodeException e)
            {
                // Owners of another version are read in theirs, which is where a malformed value may be met first.
                throw Malformed(request, e);
            }
        });
    }

    private static string SubresourceVersion(RequestContext request) =>
        request.Resource.Info.Subresources.First(s => s.Name == request.Info.Subresource).GroupVersion.ToString();

    private static void ReportRepeated(RequestContext request, YamlDocument document, string fieldValidation)
    {
        const string Prefix = "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ";
        if (document.StrictErrors.Count == 0 || fieldValidation == "Ignore")
            return;
        if (fieldValidation == "Strict")
            throw ApiErrors.BadRequest(Prefix + string.Join("\n  ", document.StrictErrors));
        foreach (var problem in document.StrictErrors)
            request.Warn(problem);
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

    private static ObjectValue ParseObject(byte[] body) =>
        ParseAny(body) as ObjectValue ?? throw ApiErrors.BadRequest("the patch is not a JSON object");

    private static Value ParseAny(byte[] body)
    {
        try
        {
            return Value.Parse(body);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw ApiErrors.BadRequest($"error decoding patch: {e.Message}");
        }
    }

    private static ApiException ForceNeedsApply() => ApiErrors.Invalid(
        "meta.k8s.io", "PatchOptions", "", [FieldError.Forbidden(FieldPath.Root("force"), "may not be specified for non-apply patch")]);
}
