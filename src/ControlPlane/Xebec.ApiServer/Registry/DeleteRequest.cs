using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>The options of a delete (meta/v1 DeleteOptions), checked.</summary>
internal sealed record DeleteRequest
{
    /// <summary>Null: the kind's default.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Orphan, Background, Foreground, or null when it was not given.</summary>
    public string? GivenPropagationPolicy { get; init; }

    /// <summary>What said the same before there was a policy; null when it was not given.</summary>
    public bool? OrphanDependents { get; init; }

    /// <summary>Orphan, Background, Foreground, or null for the kind's default.</summary>
    public string? PropagationPolicy =>
        GivenPropagationPolicy ?? OrphanDependents switch { true => "Orphan", false => "Background", null => null };

    /// <summary>The object must have this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>The object must have this resourceVersion.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Nothing is to be stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>The options as admission sees them: meta.k8s.io/v1 DeleteOptions.</summary>
    public ObjectValue ToTree(bool dryRun)
    {
        var tree = new ObjectValue { { "kind", "DeleteOptions" }, { "apiVersion", "meta.k8s.io/v1" } };
        if (GracePeriodSeconds is { } seconds)
            tree["gracePeriodSeconds"] = seconds;
        if (Uid is not null || ResourceVersion is not null)
            tree["preconditions"] = Preconditions();
        if (OrphanDependents is { } orphan)
            tree["orphanDependents"] = orphan;
        if (GivenPropagationPolicy is not null)
            tree["propagationPolicy"] = GivenPropagationPolicy;
        if (dryRun)
            tree["dryRun"] = new ListValue(["All"]);
        return tree;
    }

    private ObjectValue Preconditions()
    {
        var tree = new ObjectValue();
        if (Uid is not null)
            tree["uid"] = Uid;
        if (ResourceVersion is not null)
            tree["resourceVersion"] = ResourceVersion;
        return tree;
    }
}
