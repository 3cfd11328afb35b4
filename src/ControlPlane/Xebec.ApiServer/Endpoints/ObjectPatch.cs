using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Endpoints;

/// <summary>What a PATCH does to an object.</summary>
/// <param name="IsApply">Server-side apply, which keeps account of ownership itself.</param>
/// <param name="CreatesWhenAbsent">Makes the object when there is none.</param>
/// <param name="ApplyAsync">From the stored object's tree (which it may change; null when it creates) to the changed one.</param>
internal sealed record ObjectPatch(bool IsApply, bool CreatesWhenAbsent, Func<ObjectValue?, ValueTask<ObjectValue>> ApplyAsync);
