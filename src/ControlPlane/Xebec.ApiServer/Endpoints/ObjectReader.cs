using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Reads the object in a request's body: JSON, YAML or protobuf, against the schema.</summary>
internal static class ObjectReader
{
    private static readonly string[] Read = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    /// <summary>Reads an object of a kind.</summary>
    /// <exception cref="ApiException">400, 413 or 415 for what can't be read, and for unknown fields under strict validation.</exception>
    public static async ValueTask<ObjectValue> ReadAsync(
        RequestContext request, StructSchema schema, string apiVersion, string kind, string fieldValidation)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var isCustom = request.Resource?.IsCustom == true;
        var decoded = Decode(body, MediaTypeOf(request), schema, apiVersion, kind, isCustom);
        CheckType(decoded.Object, apiVersion, kind, isCustom);
        Report(request, decoded.StrictErrors, fieldValidation, why => ApiErrors.BadRequest(new DecodeException(why).MessageFor(kind, VersionOf(apiVersion))));
        request.Audit?.SetRequestObject(decoded.Object);
        return decoded.Object;
    }

    /// <summary>The media type of the body without its parameters; JSON when none is given.</summary>
    public static string MediaTypeOf(RequestContext request)
    {
        var contentType = request.Http.Request.ContentType ?? "application/json";
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim().ToLowerInvariant();
    }

    private static DecodedObject Decode(byte[] body, string mediaType, StructSchema schema, string apiVersion, string kind, bool isCustom)
    {
        try
        {
            return DecodeBody(body, mediaType, schema, isCustom);
        }
        catch (DecodeException e)
        {
            throw ApiErrors.BadRequest(e.IsUnreadable ? UnreadableBody.Message(body, mediaType, kind, e.Message) : e.MessageFor(kind, VersionOf(apiVersion)));
        }
    }

    /// <summary>Decodes a body by its media type.</summary>
    /// <exception cref="ApiException">415.</exception>
    /// <exception cref="DecodeException">Malformed.</exception>
    public static DecodedObject DecodeBody(byte[] body, string mediaType, StructSchema schema, bool isCustom) => mediaType switch
    {
        "application/json" => ObjectDecoder.Decode(body, schema),
        "application/yaml" or "application/x-yaml" => DecodeYaml(body, schema),
        KubernetesProtobuf.MediaType when !isCustom => new(KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(body), schema), []),
        _ => throw ApiErrors.UnsupportedMediaType(Read),
    };

    private static DecodedObject DecodeYaml(byte[] body, StructSchema schema)
    {
        var (json, problems) = YamlReader.ToJson(body);
        var decoded = ObjectDecoder.Decode(json, schema);
        return decoded with { StrictErrors = [.. problems, .. decoded.StrictErrors] };
    }

    /// <summary>Refuses or warns about unknown and duplicate fields, as the request asked.</summary>
    public static void Report(RequestContext request, IReadOnlyList<string> strictErrors, string fieldValidation, Func<string, ApiException> refuse)
    {
        if (strictErrors.Count == 0 || fieldValidation == "Ignore")
            return;
        if (fieldValidation == "Strict")
            throw refuse(DecodedObject.StrictMessageOf(strictErrors));
        foreach (var problem in strictErrors)
            request.Warn(problem);
    }

    private static string VersionOf(string apiVersion) => apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static void CheckType(ObjectValue item, string apiVersion, string kind, bool isCustom)
    {
        var (givenVersion, givenKind) = (item.GetString("apiVersion"), item.GetString("kind"));
        if (givenKind is { Length: > 0 } && givenKind != kind)
            throw WrongKind(item, givenVersion is { Length: > 0 } ? givenVersion : apiVersion, givenKind, apiVersion, kind, isCustom);
        if (givenVersion is { Length: > 0 } && givenVersion != apiVersion)
        {
            throw ApiErrors.BadRequest(
                $"the API version in the data ({givenVersion}) does not match the expected API version ({apiVersion})");
        }

        item["kind"] = kind;
        item["apiVersion"] = apiVersion;
    }

    // Custom resources are decoded whatever they are, so that their validation is what finds another kind.
    private static ApiException WrongKind(ObjectValue item, string givenVersion, string givenKind, string apiVersion, string kind, bool isCustom)
    {
        if (!isCustom)
        {
            var why = NoConversion(givenVersion, givenKind, apiVersion, kind);
            return ApiErrors.BadRequest($"{givenKind} in version \"{VersionOf(givenVersion)}\" cannot be handled as a {kind}: {why}");
        }

        var error = FieldError.Invalid(FieldPath.Root("kind"), givenKind, $"must be {kind}");
        return ApiErrors.Invalid(GroupOf(apiVersion), kind, item.GetObject("metadata")?.GetString("name") ?? "", [error]);
    }

    /// <summary>Why an object of one kind is none of another, as upstream's scheme says it.</summary>
    public static string NoConversion(string givenVersion, string givenKind, string apiVersion, string kind)
    {
        var package = GroupOf(apiVersion) is { Length: > 0 } group ? group.Split('.')[0] : "core";
        return $"converting ({VersionOf(givenVersion)}.{givenKind}) to ({package}.{kind}): unknown conversion";
    }

    private static string GroupOf(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? apiVersion[..slash] : "";
}
