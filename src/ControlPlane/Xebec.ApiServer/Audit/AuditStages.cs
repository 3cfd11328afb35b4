namespace Xebec.ApiServer.Audit;

/// <summary>The moments of a request that are recorded, as a set.</summary>
[Flags]
internal enum AuditStages
{
    /// <summary>No moment.</summary>
    None = 0,

    /// <summary>Who asks is known; nothing was done yet.</summary>
    RequestReceived = 1,

    /// <summary>The head of a long answer (a watch) has been sent.</summary>
    ResponseStarted = 2,

    /// <summary>The answer is complete.</summary>
    ResponseComplete = 4,

    /// <summary>The server failed in a way it did not foresee.</summary>
    Panic = 8,
}
