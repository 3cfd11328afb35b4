using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>How a subresource that speaks another kind (scale) shows its object: what admission sees of a write to it.</summary>
/// <param name="Read">The subresource's object of the resource's object.</param>
/// <param name="Write">Puts the subresource's object back into the resource's object, which it changes and returns.</param>
internal sealed record SubresourceView(Func<ObjectValue, ObjectValue> Read, Func<ObjectValue, ObjectValue, ObjectValue> Write);
