using System.Globalization;
using Xebec.Api.Apps.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>The annotations by which rollout history, undo and proportional scaling work.</summary>
internal static class DeploymentAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";
    private const int LongestHistory = 2000;

    private static readonly HashSet<string> NotCopied = new(StringComparer.Ordinal)
    {
        "kubectl.kubernetes.io/last-applied-configuration", Revision, RevisionHistory, DesiredReplicas, MaxReplicas,
            "deprecated.deployment.rollback.to",
    };

    public static long RevisionOf(ReplicaSet replicaSet) =>
        long.TryParse(replicaSet.Metadata.Annotations.GetValueOrDefault(Revision), CultureInfo.InvariantCulture, out var revision)
            ? revision : 0;

    public static int? NumberOf(ReplicaSet replicaSet, string annotation) =>
        int.TryParse(replicaSet.Metadata.Annotations.GetValueOrDefault(annotation), CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>Gives the new ReplicaSet the Deployment's annotations and its revision; true when something changed.</summary>
    public static bool CopyTo(ReplicaSet newReplicaSet, Deployment deployment, long revision)
    {
        var annotations = newReplicaSet.Metadata.Annotations;
        var changed = false;
        foreach (var (key, value) in deployment.Metadata.Annotations)
        {
            if (NotCopied.Contains(key) || annotations.GetValueOrDefault(key) == value)
                continue;
            annotations[key] = value;
            changed = true;
        }

        var old = RevisionOf(newReplicaSet);
        if (old >= revision)
            return changed;
        annotations[Revision] = Text(revision);
        if (old > 0)
            annotations[RevisionHistory] = Lengthen(annotations.GetValueOrDefault(RevisionHistory), Text(old));
        return true;
    }

    /// <summary>Writes the sizes that proportional scaling starts from; true when something changed.</summary>
    public static bool SetReplicas(ReplicaSet replicaSet, int desired, int max)
    {
        var annotations = replicaSet.Metadata.Annotations;
        if (annotations.GetValueOrDefault(DesiredReplicas) == Text(desired) && annotations.GetValueOrDefault(MaxReplicas) == Text(max))
            return false;
        annotations[DesiredReplicas] = Text(desired);
        annotations[MaxReplicas] = Text(max);
        return true;
    }

    private static string Lengthen(string? history, string revision)
    {
        if (string.IsNullOrEmpty(history))
            return revision;
        var longer = $"{history},{revision}";
        while (longer.Length > LongestHistory && longer.Contains(',', StringComparison.Ordinal))
            longer = longer[(longer.IndexOf(',', StringComparison.Ordinal) + 1)..];
        return longer;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
