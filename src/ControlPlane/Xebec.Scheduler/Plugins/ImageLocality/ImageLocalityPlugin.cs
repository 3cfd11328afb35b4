using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.ImageLocality;

/// <summary>Prefers nodes that have the pod's images, the more the larger they are and the more nodes have them.</summary>
internal sealed class ImageLocalityPlugin : IPreScorePlugin, IScorePlugin
{
    public const string PluginName = "ImageLocality";
    private const long MinThresholdBytes = 23 * 1024 * 1024;
    private const long MaxContainerThresholdBytes = 1000 * 1024 * 1024;

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible)
    {
        var images = new List<WantedImage>();
        var spec = pod.Pod.Spec;
        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            var name = NormalizedName(container.Image);
            var nodes = snapshot.NodesWithImage(name);
            if (nodes > 0)
                images.Add(new WantedImage(name, (double)nodes / snapshot.Count));
        }

        if (images.Count == 0)
            return false;
        state.Set(new WantedImages([.. images], spec.InitContainers.Count + spec.Containers.Count));
        return true;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        var wanted = state.Get<WantedImages>()!;
        long sum = 0;
        foreach (var image in wanted.Images)
            sum += (long)(SizeOn(node, image.Name) * image.Spread);
        var max = MaxContainerThresholdBytes * wanted.Containers;
        return Normalization.MaxNodeScore * (Math.Clamp(sum, MinThresholdBytes, max) - MinThresholdBytes) / (max - MinThresholdBytes);
    }

    private static long SizeOn(NodeInfo node, string name)
    {
        foreach (var image in node.Node.Status.Images)
        {
            if (image.Names.Contains(name))
                return image.SizeBytes;
        }

        return 0;
    }

    /// <summary>With the tag that is meant when there is none.</summary>
    private static string NormalizedName(string image) =>
        image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    private readonly record struct WantedImage(string Name, double Spread);

    private sealed record WantedImages(WantedImage[] Images, int Containers) : IStateData
    {
        IStateData IStateData.Clone() => this;
    }
}
