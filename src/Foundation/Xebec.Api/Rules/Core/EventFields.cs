namespace Xebec.Api.Rules.Core;

/// <summary>What the two versions of Event call the same fields.</summary>
internal sealed record EventFields(string About, string Reporter, string Message)
{
    public static EventFields Core { get; } = new("involvedObject", "reportingComponent", "message");

    public static EventFields EventsV1 { get; } = new("regarding", "reportingController", "note");
}
