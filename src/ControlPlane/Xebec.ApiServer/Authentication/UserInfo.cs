namespace Xebec.ApiServer.Authentication;

/// <summary>Who a request is from.</summary>
/// <param name="Name">The user name, for example system:serviceaccount:default:default.</param>
/// <param name="Uid">The uid, empty when there is none.</param>
/// <param name="Groups">The groups, system:authenticated or system:unauthenticated included.</param>
/// <param name="Extra">Further facts by key, such as authentication.kubernetes.io/pod-name.</param>
public sealed record UserInfo(
    string Name, string Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoExtra = [];

    /// <summary>A user of a name and groups.</summary>
    public UserInfo(string name, params IReadOnlyList<string> groups) : this(name, "", groups, NoExtra)
    {
    }

    /// <summary>Who presents no credentials.</summary>
    public static UserInfo Anonymous { get; } = new("system:anonymous", "system:unauthenticated");

    /// <summary>The server itself, for what it does of its own accord; may do everything.</summary>
    public static UserInfo Self { get; } = new("system:apiserver", "system:masters", "system:authenticated");
}
