using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>Every format that responses are written in: the one table of them.</summary>
internal sealed class ResponseFormats(TimeProvider time)
{
    /// <summary>The media types served, for 406 answers.</summary>
    public static readonly IReadOnlyList<string> Served =
        ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    private readonly YamlFormat _yaml = new();
    private readonly ProtobufFormat _protobuf = new();
    private readonly PartialMetadataFormat _partialMetadata = new();

    /// <summary>application/json.</summary>
    public JsonFormat Json { get; } = new();

    /// <summary>application/json with indentation (?pretty=true).</summary>
    public PrettyJsonFormat PrettyJson { get; } = new();

    /// <summary>The format of a media range, null when it is not served.</summary>
    public ResponseFormat? Find(MediaRange range, RequestContext request)
    {
        if (range.As.Length > 0)
            return FindRepresentation(range, request);
        return range.Type switch
        {
            "application/json" or "*/*" or "application/*" => request.Flag("pretty") ? PrettyJson : Json,
            "application/yaml" or "application/x-yaml" when request.Info.Verb != "watch" => _yaml,
            "application/vnd.kubernetes.protobuf" when IsBuiltIn(request.Resource) => _protobuf,
            _ => null,
        };
    }

    private ResponseFormat? FindRepresentation(MediaRange range, RequestContext request)
    {
        if (range.Group != "meta.k8s.io" || range.Version is not ("v1" or "v1beta1") || range.Type is not ("application/json" or "*/*"))
            return null;

        // What can only be created (a review, a binding) is no object with metadata of its own.
        if (!request.Resource.Info.Verbs.Contains("get"))
            return null;
        return range.As switch
        {
            "Table" => new TableFormat(range.Version, request.Parameter("includeObject") ?? "Metadata", time),
            "PartialObjectMetadata" or "PartialObjectMetadataList" => _partialMetadata,
            _ => null,
        };
    }

    private static bool IsBuiltIn(ServedResource? resource) => resource is null || !resource.IsCustom;
}
