using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Who writes, and at which version and path.</summary>
/// <param name="Schema">The kind's schema; null when there is none, then maps are owned by member and lists as a whole.</param>
/// <param name="ApiVersion">The version written at, for example apps/v1.</param>
/// <param name="Manager">The manager, see <see cref="ManagerName"/>.</param>
/// <param name="Subresource">The subresource written to, empty for the object itself.</param>
/// <param name="NowRfc3339">The time of the write in UTC, for example 2026-01-02T03:04:05Z.</param>
/// <param name="ResetFields">What cannot be written at this path.</param>
public readonly record struct FieldManagerRequest(
    StructSchema? Schema, string ApiVersion, string Manager, string Subresource, string NowRfc3339, ResetFields ResetFields);
