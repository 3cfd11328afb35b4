namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>A valid object of a kind.</summary>
/// <param name="Body">Its members besides kind, apiVersion and metadata, as JSON.</param>
internal sealed record KindSample(string Body)
{
    /// <summary>Its name; # stands for a number.</summary>
    public string Name { get; init; } = "sample-#";

    /// <summary>A status to write, as JSON; null when there is nothing in it that everybody may write.</summary>
    public string? Status { get; init; }

    /// <summary>What its status says once the server, which writes the status of such objects itself, is done with it; null for all others.</summary>
    public string? Settled { get; init; }

    /// <summary>The server can choose the end of the name.</summary>
    public bool CanGenerateName => Name == "sample-#";
}
