using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Images;

/// <summary>Which images to remove when the disk is too full: unused ones, longest unused first. Pure.</summary>
internal static class ImageGarbage
{
    public const int HighPercent = 85;
    public const int LowPercent = 80;

    /// <summary>The images to remove, until enough bytes are free; none used, pinned or seen for less than two minutes.</summary>
    public static List<Image> Select(
        IReadOnlyList<Image> images, IReadOnlySet<string> used, IReadOnlyDictionary<string, DateTimeOffset> lastUsed, DateTimeOffset now,
            long bytesToFree)
    {
        var chosen = new List<Image>();
        var oldest = images
            .Where(image => !image.Pinned && !used.Contains(image.Id))
            .Where(image => lastUsed.TryGetValue(image.Id, out var at) && now - at >= TimeSpan.FromMinutes(2))
            .OrderBy(image => lastUsed[image.Id]).ThenBy(image => image.Id, StringComparer.Ordinal);
        foreach (var image in oldest)
        {
            if (bytesToFree <= 0)
                break;
            chosen.Add(image);
            bytesToFree -= (long)image.SizeBytes;
        }

        return chosen;
    }
}
