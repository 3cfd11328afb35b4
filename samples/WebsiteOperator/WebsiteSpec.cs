namespace WebsiteOperator;

/// <summary>What its owner wants.</summary>
public sealed class WebsiteSpec
{
    public string Page { get; set; } = "";

    public int? Replicas { get; set; }
}
