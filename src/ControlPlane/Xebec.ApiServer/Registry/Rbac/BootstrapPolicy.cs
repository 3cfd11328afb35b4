using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>The roles and bindings of bootstrap.rbac.</summary>
internal sealed class BootstrapPolicy
{
    private static readonly Lazy<BootstrapPolicy> LazyDefault = new(() => Parse(ReadFile()));
    private readonly List<PolicyRole> _roles = [];

    /// <summary>Every cluster's policy.</summary>
    public static BootstrapPolicy Default => LazyDefault.Value;

    public IReadOnlyList<PolicyRole> Roles => _roles;

    /// <summary>The rules of a ClusterRole, those it aggregates included.</summary>
    public IReadOnlyList<RoleRule> RulesOf(string clusterRole) => RulesOf(_roles.First(r => r.Namespace.Length == 0 && r.Name == clusterRole));

    /// <summary>The rules of a role, those it aggregates included.</summary>
    public IReadOnlyList<RoleRule> RulesOf(PolicyRole role) => role.Aggregates.Length == 0
        ? role.Rules
        : [.. _roles.Where(r => r.AggregatedTo.Contains(role.Aggregates)).OrderBy(r => r.Name, StringComparer.Ordinal).SelectMany(RulesOf)];

    /// <summary>Reads the text; its form is described at its top.</summary>
    /// <exception cref="FormatException">A line is not understood.</exception>
    public static BootstrapPolicy Parse(string text)
    {
        var policy = new BootstrapPolicy();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] != ' ')
                policy._roles.Add(PolicyRole.ParseHead(line));
            else
                policy._roles[^1].AddLine(line.Trim());
        }

        return policy;
    }

    private static string ReadFile()
    {
        using var stream = typeof(BootstrapPolicy).Assembly.GetManifestResourceStream("bootstrap.rbac")!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
