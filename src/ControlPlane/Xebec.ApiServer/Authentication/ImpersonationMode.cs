using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// One kind of right to act as somebody else (KEP-5284). A constrained one needs the right to do so for the request at hand
/// (impersonate-on:MODE:VERB) besides that to be the user (impersonate:MODE); the general one is the verb impersonate.
/// </summary>
/// <param name="name">The mode; empty for the general one.</param>
/// <param name="applies">Whether a requester can act as a user in this way.</param>
internal sealed partial class ImpersonationMode(string name, Func<UserInfo, UserInfo, bool> applies)
{
    private const string Group = "authentication.k8s.io";
    private const string NodePrefix = "system:node:";
    private const string NodeNameKey = "authentication.kubernetes.io/node-name";

    /// <summary>All modes, in the order they are tried: the narrow ones first.</summary>
    public static IReadOnlyList<ImpersonationMode> All { get; } =
    [
        new("associated-node", static (wanted, requester) => HasOnlyName(wanted) && NodeName(wanted.Name) is { } node &&
            ServiceAccountUser.Split(requester.Name) is not null && requester.Extra.GetValueOrDefault(NodeNameKey) is [var own] && own == node),
        new("arbitrary-node", static (wanted, _) => HasOnlyName(wanted) && NodeName(wanted.Name) is not null),
        new("serviceaccount", static (wanted, _) => HasOnlyName(wanted) && ServiceAccountUser.Split(wanted.Name) is not null),
        new("user-info", static (wanted, _) => NodeName(wanted.Name) is null && ServiceAccountUser.Split(wanted.Name) is null),
        new("", static (_, _) => true),
    ];

    private bool IsConstrained => name.Length > 0;

    private bool IsAssociatedNode => name == "associated-node";

    private string Verb => IsConstrained ? $"impersonate:{name}" : "impersonate";

    /// <summary>Whom the request then acts as, or why it may not; neither when the mode is not about such users.</summary>
    public async ValueTask<(Impersonated? User, ApiException? Refusal)> CheckAsync(
        IAuthorizer authorizer, AuthorizationAttributes request, UserInfo wanted, CancellationToken cancellationToken)
    {
        if (!applies(wanted, request.User))
            return (null, null);
        foreach (var (asked, refusal) in Questions(request, wanted))
        {
            if (refusal is not null)
                return (null, ForbiddenMessage.For(asked, refusal));
            var decision = await authorizer.AuthorizeAsync(asked, cancellationToken);
            if (!decision.Allowed)
                return (null, ForbiddenMessage.For(asked, decision.Reason));
        }

        return (new Impersonated(Complete(wanted), IsConstrained ? Verb : ""), null);
    }

    // Each with a reason to refuse it at once, where there is one.
    private IEnumerable<(AuthorizationAttributes Asked, string? Refusal)> Questions(AuthorizationAttributes request, UserInfo wanted)
    {
        var requester = IsAssociatedNode ? WithoutExtra(request.User) : request.User;
        if (IsConstrained)
            yield return (request with { User = requester, Verb = $"impersonate-on:{name}:{request.Verb}" }, null);
        yield return (NameQuestion(requester, wanted.Name), null);
        if (wanted.Uid.Length > 0)
            yield return (Question(requester, Group, "uids", wanted.Uid), null);
        foreach (var group in wanted.Groups)
        {
            var refusal = !IsConstrained ? null
                : group.Length == 0 ? "impersonating the empty string group is not allowed"
                : group == RbacAuthorizer.Masters ? "impersonating the system:masters group is not allowed" : null;
            yield return (Question(requester, IsConstrained ? Group : "", "groups", group), refusal);
        }

        foreach (var (key, values) in wanted.Extra)
        {
            var refusal = IsConstrained ? ExtraProblem(key, values) : null;
            foreach (var value in values.Count > 0 ? values : refusal is null ? [] : [""])
                yield return (Question(requester, Group, "userextras", value) with { Subresource = key }, refusal);
        }
    }

    private AuthorizationAttributes NameQuestion(UserInfo requester, string user)
    {
        var group = IsConstrained ? Group : "";
        if (IsConstrained && NodeName(user) is { } node)
            return Question(requester, group, "nodes", IsAssociatedNode ? "*" : node);
        return ServiceAccountUser.Split(user) is var (ns, account)
            ? Question(requester, group, "serviceaccounts", account) with { Namespace = ns }
            : Question(requester, group, "users", user);
    }

    private AuthorizationAttributes Question(UserInfo requester, string group, string resource, string of) => new()
    {
        User = requester, Verb = Verb, IsResourceRequest = true, Group = group, Version = "v1", Resource = resource, Name = of,
    };

    // Nodes and service accounts are in groups that follow from their names.
    private UserInfo Complete(UserInfo wanted)
    {
        IReadOnlyList<string> groups = IsConstrained && NodeName(wanted.Name) is not null ? ["system:nodes"]
            : wanted.Groups.Count == 0 && ServiceAccountUser.Split(wanted.Name) is var (ns, _) ? ServiceAccountUser.Groups(ns)
            : wanted.Groups;
        const string Everybody = "system:authenticated";
        const string Nobody = "system:unauthenticated";
        var implied = wanted.Name == UserInfo.Anonymous.Name ? Nobody : groups.Contains(Nobody) ? "" : Everybody;
        return wanted with { Groups = implied.Length == 0 || groups.Contains(implied) ? groups : [.. groups, implied] };
    }

    // Which node it is was checked already: what is asked is the same for all pods of a service account.
    private static UserInfo WithoutExtra(UserInfo requester) => requester with
    {
        Extra = new Dictionary<string, IReadOnlyList<string>>
        {
            ["authentication.kubernetes.io/associated-node-keys"] = [.. requester.Extra.Keys.Order(StringComparer.Ordinal)],
        },
    };

    private static bool HasOnlyName(UserInfo user) => user.Uid.Length == 0 && user.Groups.Count == 0 && user.Extra.Count == 0;

    private static string? NodeName(string user)
    {
        var node = user.StartsWith(NodePrefix, StringComparison.Ordinal) ? user[NodePrefix.Length..] : "";
        return node.Length > 0 && NameRules.DnsSubdomain(node).Count == 0 ? node : null;
    }

    private static string? ExtraProblem(string key, IReadOnlyList<string> values)
    {
        if (key.Length == 0)
            return "impersonating the empty string key in extra is not allowed";
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || NameRules.DnsSubdomain(key[..slash]).Count > 0 || !PathForm().IsMatch(key[(slash + 1)..]))
        {
            return $"impersonating an invalid key in extra is not allowed: extra.key: Invalid value: {GoText.Quote(key)}: " +
                "must be a domain-prefixed path (such as \"acme.io/foo\")";
        }

        return values.Count == 0 ? "impersonating empty values in extra is not allowed"
            : values.Contains("") ? "impersonating the empty string value in extra is not allowed" : null;
    }

    [GeneratedRegex("^[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+$")]
    private static partial Regex PathForm();
}
