namespace Xebec.Kubelet.Runtime;

/// <summary>The kinds of failure of a runtime call: gRPC's canonical codes, under their numbers.</summary>
public enum RuntimeErrorCode
{
    /// <summary>The caller gave up.</summary>
    Cancelled = 1,
    /// <summary>Anything the runtime did not classify.</summary>
    Unknown = 2,
    /// <summary>The request itself is wrong.</summary>
    InvalidArgument = 3,
    /// <summary>The time allowed is over (an exec that runs too long).</summary>
    DeadlineExceeded = 4,
    /// <summary>No such sandbox, container or image.</summary>
    NotFound = 5,
    /// <summary>The name is taken.</summary>
    AlreadyExists = 6,
    /// <summary>The registry or the system denies it.</summary>
    PermissionDenied = 7,
    /// <summary>Out of disk, memory or handles.</summary>
    ResourceExhausted = 8,
    /// <summary>The object is not in a state that allows it (start of a running container).</summary>
    FailedPrecondition = 9,
    /// <summary>Lost a race; try again.</summary>
    Aborted = 10,
    /// <summary>A value beyond its range.</summary>
    OutOfRange = 11,
    /// <summary>This runtime has no such call.</summary>
    Unimplemented = 12,
    /// <summary>The runtime broke.</summary>
    Internal = 13,
    /// <summary>The runtime or the registry is out of reach; try again.</summary>
    Unavailable = 14,
    /// <summary>Data is lost.</summary>
    DataLoss = 15,
    /// <summary>The registry wants credentials.</summary>
    Unauthenticated = 16,
}
