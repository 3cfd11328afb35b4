namespace Xebec.Client;

/// <summary>What a watch selects and where it starts (meta/v1 ListOptions).</summary>
public sealed record WatchOptions
{
    /// <summary>For example app=web,tier!=db.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary>For example metadata.name=web.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>Events after this version; empty or "0" first sends what exists.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The server ends the watch after this many seconds; 0 leaves it to the server.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>Ask for BOOKMARK events.</summary>
    public bool AllowWatchBookmarks { get; init; }
}
