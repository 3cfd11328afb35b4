using Xebec.Api.Discovery.V1;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>The writes that make a Service's slices show its endpoints.</summary>
internal sealed record SlicePlan(List<EndpointSlice> Create, List<EndpointSlice> Update, List<EndpointSlice> Delete)
{
    public static SlicePlan Empty => new([], [], []);
}
