using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>What somebody wants to do: the input of every authorization decision.</summary>
public sealed record AuthorizationAttributes
{
    /// <summary>Who.</summary>
    public required UserInfo User { get; init; }

    /// <summary>The verb, for example get or escalate.</summary>
    public required string Verb { get; init; }

    /// <summary>False for paths such as /healthz.</summary>
    public bool IsResourceRequest { get; init; }

    /// <summary>The path, for requests about no resource.</summary>
    public string Path { get; init; } = "";

    /// <summary>The API group, empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The plural.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource, empty when none.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace, empty for all or none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name, empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>The fieldSelector of a list or watch, as the client wrote it; empty when there is none.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>The labelSelector of a list or watch, as the client wrote it; empty when there is none.</summary>
    public string LabelSelector { get; init; } = "";
}
