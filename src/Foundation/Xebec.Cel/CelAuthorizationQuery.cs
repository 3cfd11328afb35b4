namespace Xebec.Cel;

/// <summary>What an expression asks of the authorizer; a path or a resource.</summary>
public sealed record CelAuthorizationQuery
{
    /// <summary>The service account it asks for (namespace and name); null for the request's user.</summary>
    public (string Namespace, string Name)? ServiceAccount { get; init; }

    /// <summary>The non-resource path; null when a resource is asked for.</summary>
    public string? Path { get; init; }

    /// <summary>The API group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The verb.</summary>
    public string Verb { get; init; } = "";

    /// <summary>The field selector as it was written.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>The label selector as it was written.</summary>
    public string? LabelSelector { get; init; }
}
