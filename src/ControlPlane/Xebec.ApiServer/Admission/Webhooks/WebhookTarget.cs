using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>A request as one webhook sees it: the resource it matched as, and the objects in that resource's version.</summary>
/// <param name="Resource">The resource that a rule names.</param>
/// <param name="Kind">The kind of the objects.</param>
/// <param name="Object">The new object, null on delete.</param>
/// <param name="OldObject">The stored object, null on create.</param>
internal sealed record WebhookTarget(ResourceInfo Resource, SubresourceInfo Kind, ObjectValue? Object, ObjectValue? OldObject);
