using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Quantities;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Tells heartbeats from changes that scheduling must know of.</summary>
internal static class NodeChanges
{
    public static bool Matter(Node old, Node node) =>
        old.Metadata.Uid != node.Metadata.Uid ||
        !PodInfo.SameLabels(old.Metadata.Labels, node.Metadata.Labels) ||
        !ApiJson.ContentEquals(old.Spec, node.Spec) ||
        !Same(old.Status.Allocatable, node.Status.Allocatable) ||
        !SameImages(old.Status.Images, node.Status.Images);

    private static bool Same(Dictionary<string, Quantity> left, Dictionary<string, Quantity> right)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (name, amount) in left)
        {
            if (!right.TryGetValue(name, out var other) || !other.Equals(amount))
                return false;
        }

        return true;
    }

    private static bool SameImages(List<ContainerImage> left, List<ContainerImage> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].SizeBytes != right[i].SizeBytes || !left[i].Names.SequenceEqual(right[i].Names))
                return false;
        }

        return true;
    }
}
