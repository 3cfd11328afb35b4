namespace Xebec.Client;

/// <summary>What a list or deletecollection selects (meta/v1 ListOptions).</summary>
public sealed record ListOptions
{
    /// <summary>For example app=web,tier!=db.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary>For example spec.nodeName=node1.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>Most items in one answer; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>The token of the answer before, to go on from there.</summary>
    public string Continue { get; init; } = "";

    /// <summary>Empty for the newest state; "0" for whatever the cache has.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Exact or NotOlderThan; empty for the default of the other fields.</summary>
    public string ResourceVersionMatch { get; init; } = "";
}
