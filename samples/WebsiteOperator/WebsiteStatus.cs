namespace WebsiteOperator;

/// <summary>What the operator found.</summary>
public sealed class WebsiteStatus
{
    public long ObservedGeneration { get; set; }

    public int ReadyReplicas { get; set; }

    public string Url { get; set; } = "";
}
