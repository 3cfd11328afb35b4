using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>Every format that responses are written in: the one table of them.</summary>
internal sealed class ResponseFormats(TimeProvider time)
{
    private const string JsonType = "application/json";
    private const string YamlType = "application/yaml";
    private const string ProtobufType = "application/vnd.kubernetes.protobuf";

    /// <summary>The media types served, the default first.</summary>
    public static readonly IReadOnlyList<string> Served = [JsonType, YamlType, ProtobufType];

    private readonly YamlFormat _yaml = new(new JsonFormat());
    private readonly ProtobufFormat _protobuf = new();

    /// <summary>application/json.</summary>
    public JsonFormat Json { get; } = new();

    /// <summary>application/json with indentation (?pretty=true).</summary>
    public PrettyJsonFormat PrettyJson { get; } = new();

    /// <summary>The format of a media range, null when it is not served.</summary>
    /// <exception cref="ApiException">400: a parameter of the representation is wrong.</exception>
    public ResponseFormat? Find(MediaRange range, RequestContext request)
    {
        foreach (var type in Served)
        {
            var isFrames = type == YamlType && request.Info.Verb == "watch";
            if (range.Includes(type) && !isFrames && FormatOf(type, range, request) is { } format)
                return format;
        }

        return null;
    }

    private ResponseFormat? FormatOf(string type, MediaRange range, RequestContext request)
    {
        if (range.As.Length > 0)
            return RepresentationOf(type, range, request);
        return type switch
        {
            JsonType => range.IsPretty || PrettyPrinting.IsWanted(request.Http.Request) ? PrettyJson : Json,
            YamlType => _yaml,
            _ => IsBuiltIn(request.Resource) ? _protobuf : null,
        };
    }

    private ResponseFormat? RepresentationOf(string type, MediaRange range, RequestContext request)
    {
        if (range.Group != "meta.k8s.io" || range.Version is not ("v1" or "v1beta1"))
            return null;

        // What can only be created (a review, a binding) is no object with metadata of its own.
        if (!request.Resource.Info.Verbs.Contains("get"))
            return null;
        ResponseFormat? json = range.As switch
        {
            "Table" when type != ProtobufType => new TableFormat(range.Version, IncludedObject(request), time),
            "PartialObjectMetadata" or "PartialObjectMetadataList" when type == ProtobufType => new PartialProtobufFormat(range.Version),
            "PartialObjectMetadata" or "PartialObjectMetadataList" => new PartialMetadataFormat(range.Version),
            _ => null,
        };
        return type == YamlType && json is not null ? new YamlFormat(json) : json;
    }

    private static string IncludedObject(RequestContext request)
    {
        var asked = request.Parameter("includeObject") ?? "Metadata";
        if (asked is "Metadata" or "Object" or "None")
            return asked;
        var error = FieldError.Invalid(FieldPath.Root("includeObject"), asked, "must be 'Metadata', 'Object', 'None', or empty");
        throw ApiErrors.BadRequest($"Unable to convert to Table as requested: {error}");
    }

    private static bool IsBuiltIn(ServedResource? resource) => resource is null || !resource.IsCustom;
}
