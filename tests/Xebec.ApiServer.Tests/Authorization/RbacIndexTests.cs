using CsCheck;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Tests.Authorization;

public sealed class RbacIndexTests
{
    private static readonly Gen<string> Names = One("a", "b", "c");
    private static readonly Gen<string> VerbNames = One("get", "list", "delete", "bind", "*");
    private static readonly Gen<string> Groups = One("", "apps", "*");
    private static readonly Gen<string> Resources = One("pods", "pods/log", "*/log", "*", "nodes");
    private static readonly Gen<string> Paths = One("/x", "/x/*", "*");

    private static readonly Gen<RoleRule> Rules = Gen.Select(
        VerbNames.Array[1, 2], Groups.Array[0, 2], Resources.Array[0, 2], Names.Array[0, 1], Paths.Array[0, 1],
        (verbs, groups, resources, names, paths) => new RoleRule(verbs, groups, resources, names, paths));

    private static readonly Gen<BindingFacts> Bindings = Gen.Select(
        One("", "ns1", "ns2"), Gen.Bool, Names, Gen.Select(Gen.Bool, Names, (g, n) => new BindingSubject(g, n, n)).Array[0, 3],
        (ns, isCluster, role, subjects) => new BindingFacts(ns, "binding", isCluster || ns.Length == 0, role, subjects));

    private static readonly Gen<AuthorizationAttributes> Requests = Gen.Select(
        Gen.Select(Names, Names.Array[0, 2]), One("get", "list", "delete", "bind", "escalate"), Gen.Bool,
        Gen.Select(One("", "apps", "batch"), One("pods", "nodes"), One("", "log")),
        One("", "ns1", "ns2"), One("", "a", "b"), One("/x", "/x/y", "/y"),
        (user, verb, isResource, what, ns, name, path) => new AuthorizationAttributes
        {
            User = new UserInfo(user.Item1, user.Item2),
            Verb = verb,
            IsResourceRequest = isResource,
            Group = what.Item1,
            Resource = what.Item2,
            Subresource = what.Item3,
            Namespace = ns,
            Name = name,
            Path = path,
        });

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void The_index_allows_what_reading_every_binding_would() =>
        Gen.Select(Bindings.Array[0, 8], Gen.Select(Names, Rules.Array[0, 3]).Array[0, 4], Requests).Sample(
            (bindings, roleList, request) =>
            {
                var roles = roleList.GroupBy(r => r.Item1).ToDictionary(g => g.Key, g => g.First().Item2);
                RoleRule[]? Find(string ns, string name) => roles.GetValueOrDefault(name);
                return new RbacIndex(bindings, Find).Find(request) is not null == Naive(bindings, Find, request);
            },
            iter: 5000);

    [Fact]
    public void What_is_not_covered_and_what_is_held_make_up_what_was_wanted() =>
        Gen.Select(Rules.Array[0, 4], Rules.Array[0, 3], Requests).Sample(
            (own, wanted, request) =>
            {
                var rest = RuleCoverage.Uncovered(own, wanted);
                return !Allows(wanted, request) || Allows(own, request) || Allows(rest, request);
            },
            iter: 5000);

    private static bool Naive(BindingFacts[] bindings, Func<string, string, RoleRule[]?> find, AuthorizationAttributes request)
    {
        foreach (var binding in bindings.Where(b => b.Namespace.Length == 0 || b.Namespace == request.Namespace))
        {
            var applies = binding.Subjects.Any(s => s.IsGroup ? request.User.Groups.Contains(s.UserOrGroup) : request.User.Name == s.UserOrGroup);
            if (applies && find("", binding.RoleName) is { } rules && Allows(rules, request))
                return true;
        }

        return false;
    }

    private static bool Allows(IEnumerable<RoleRule> rules, AuthorizationAttributes request) => rules.Any(rule =>
        (rule.VerbNames.Contains("*") || rule.VerbNames.Contains(request.Verb)) &&
        (request.IsResourceRequest ? AllowsResource(rule, request) : rule.Paths.Any(p => p == request.Path || (p[^1] == '*' && request.Path.StartsWith(p[..^1], StringComparison.Ordinal)))));

    private static bool AllowsResource(RoleRule rule, AuthorizationAttributes request)
    {
        var full = request.Subresource.Length > 0 ? $"{request.Resource}/{request.Subresource}" : request.Resource;
        return (rule.Groups.Contains("*") || rule.Groups.Contains(request.Group)) &&
            (rule.Resources.Contains("*") || rule.Resources.Contains(full) || (request.Subresource.Length > 0 && rule.Resources.Contains($"*/{request.Subresource}"))) &&
            (rule.Names.Count == 0 || rule.Names.Contains(request.Name));
    }
}
