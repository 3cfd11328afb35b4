namespace Xebec.ApiServer.Audit;

/// <summary>How much of a request is recorded (audit.k8s.io/v1); each level has what the one before has.</summary>
internal enum AuditLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Who asked what, and what came of it.</summary>
    Metadata,

    /// <summary>Also the object that was sent.</summary>
    Request,

    /// <summary>Also the object that was answered.</summary>
    RequestResponse,
}
