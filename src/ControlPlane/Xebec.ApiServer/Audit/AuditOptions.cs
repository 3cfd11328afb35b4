namespace Xebec.ApiServer.Audit;

/// <summary>What is recorded of requests, and where (kube-apiserver's --audit-* flags).</summary>
public sealed record AuditOptions
{
    /// <summary>The policy file (audit.k8s.io/v1 Policy).</summary>
    public required string PolicyFile { get; init; }

    /// <summary>The file events go to, one a line; - for standard output.</summary>
    public required string LogPath { get; init; }

    /// <summary>A file that would become larger is put aside first; mebibytes.</summary>
    public int MaximumMegabytes { get; init; } = 100;

    /// <summary>Files put aside are deleted after so many days; 0 for never.</summary>
    public int MaximumAgeDays { get; init; } = 366;

    /// <summary>So many files put aside are kept; 0 for all.</summary>
    public int MaximumBackups { get; init; } = 100;

    /// <summary>Events that wait to be written; further ones are dropped and counted.</summary>
    public int BufferedEvents { get; init; } = 10_000;
}
