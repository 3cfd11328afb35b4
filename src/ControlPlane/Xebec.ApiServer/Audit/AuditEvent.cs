using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Audit;

/// <summary>One moment of one request as it is recorded (audit.k8s.io/v1 Event). Immutable; bodies are made when it is written.</summary>
internal sealed record AuditEvent
{
    public required AuditLevel Level { get; init; }

    public required string AuditId { get; init; }

    public required AuditStages Stage { get; init; }

    public required string RequestUri { get; init; }

    public required string Verb { get; init; }

    /// <summary>Who asked; null when nobody knows.</summary>
    public required UserInfo? User { get; init; }

    public required UserInfo? ImpersonatedUser { get; init; }

    /// <summary>The verb of constrained impersonation that allowed it; empty when none did.</summary>
    public string ImpersonationConstraint { get; init; } = "";

    public required IReadOnlyList<string> SourceIps { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>Null for paths that are about no resource.</summary>
    public required AuditObjectReference? ObjectReference { get; init; }

    /// <summary>The code answered, 0 while there is none.</summary>
    public required int Code { get; init; }

    public required ApiException? Failure { get; init; }

    public required Func<ValueTask<ReadOnlyMemory<byte>>>? RequestObject { get; init; }

    public required Func<ValueTask<ReadOnlyMemory<byte>>>? ResponseObject { get; init; }

    /// <summary>How much memory the bodies hold.</summary>
    public long BodyBytes { get; init; }

    public required bool OmitManagedFields { get; init; }

    public required DateTimeOffset Received { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>By key, in the order of the keys.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; }

    /// <summary>Its objects carry tokens, which are never recorded, whatever the policy says.</summary>
    public bool CarriesTokens => ObjectReference is { Resource: "tokenreviews" } or { Resource: "serviceaccounts", Subresource: "token" };
}
