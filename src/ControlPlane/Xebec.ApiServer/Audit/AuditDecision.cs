namespace Xebec.ApiServer.Audit;

/// <summary>What the policy says of one request.</summary>
/// <param name="Level">How much is recorded.</param>
/// <param name="OmittedStages">The moments that are not.</param>
/// <param name="OmitManagedFields">Objects are recorded without their managedFields.</param>
internal readonly record struct AuditDecision(AuditLevel Level, AuditStages OmittedStages, bool OmitManagedFields);
