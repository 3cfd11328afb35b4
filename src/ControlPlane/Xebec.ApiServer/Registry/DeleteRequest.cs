namespace Xebec.ApiServer.Registry;

/// <summary>The options of a delete (meta/v1 DeleteOptions), checked.</summary>
internal sealed record DeleteRequest
{
    /// <summary>Null: the kind's default.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Orphan, Background, Foreground, or null for the kind's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>The object must have this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>The object must have this resourceVersion.</summary>
    public string? ResourceVersion { get; init; }
}
