using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>A role of the bootstrap policy, with the binding that comes with it.</summary>
internal sealed class PolicyRole
{
    private static readonly string[] EventGroups = ["", "events.k8s.io"];
    private readonly List<RoleRule> _rules = [];

    /// <summary>Empty for ClusterRoles.</summary>
    public string Namespace { get; private init; } = "";

    public required string Name { get; init; }

    /// <summary>Which roles it is part of: admin, edit, view.</summary>
    public IReadOnlyList<string> AggregatedTo { get; private init; } = [];

    /// <summary>The roles labelled for this name make up its rules; empty when it has its own.</summary>
    public string Aggregates { get; private init; } = "";

    public IReadOnlyList<RoleRule> Rules => _rules;

    /// <summary>The binding's name, null when the role is not bound.</summary>
    public string? BindingName { get; private set; }

    /// <summary>Whom it is bound to: user:, group: or sa:NAMESPACE/NAME.</summary>
    public IReadOnlyList<string> Subjects { get; private set; } = [];

    /// <summary>Reads a line that begins a role.</summary>
    public static PolicyRole ParseHead(string line)
    {
        var words = line.Split(' ');
        return words[0] switch
        {
            "clusterrole" => new PolicyRole
            {
                Name = words[1],
                AggregatedTo = [.. words.Where(w => w.StartsWith("aggregate-to=", StringComparison.Ordinal)).Select(w => w[13..])],
                Aggregates = words.FirstOrDefault(w => w.StartsWith("aggregates=", StringComparison.Ordinal))?[11..] ?? "",
            },
            "controller" => new PolicyRole
            {
                Name = $"system:controller:{words[1]}",
                BindingName = $"system:controller:{words[1]}",
                Subjects = [$"sa:kube-system/{words[1]}", "user:system:kube-controller-manager"],
            },
            "role" => new PolicyRole { Namespace = words[1].Split('/')[0], Name = words[1].Split('/')[1] },
            _ => throw new FormatException($"unknown line in the bootstrap policy: {line}"),
        };
    }

    /// <summary>Reads a rule or a binding of the role.</summary>
    public void AddLine(string line)
    {
        if (line.StartsWith("->", StringComparison.Ordinal))
            Bind(line[2..].Trim());
        else
            _rules.Add(line == "events" ? new RoleRule(["create", "patch", "update"], EventGroups, ["events"], [], []) : ParseRule(line));
    }

    private void Bind(string subjects)
    {
        BindingName = Name;
        if (subjects.StartsWith("as ", StringComparison.Ordinal))
        {
            var end = subjects.IndexOf(": ", StringComparison.Ordinal);
            BindingName = subjects[3..end];
            subjects = subjects[(end + 2)..];
        }

        Subjects = subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static RoleRule ParseRule(string line)
    {
        var words = line.Split(' ');
        if (words.Length < 3 || !words[1].EndsWith(':'))
            throw new FormatException($"unknown rule in the bootstrap policy: {line}");
        var verbs = VerbsOf(words[0]);
        var things = words[2].Split(',');
        if (words[1] == "url:")
            return new RoleRule(verbs, [], [], [], things);
        var names = words.Length > 3 ? words[3]["names=".Length..].Split(',') : [];
        return new RoleRule(verbs, [.. words[1].TrimEnd(':').Split(',').Select(g => g == "core" ? "" : g)], things, names, []);
    }

    private static string[] VerbsOf(string text) => text switch
    {
        "read" => ["get", "list", "watch"],
        "write" => ["create", "delete", "deletecollection", "patch", "update"],
        "full" => ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        _ => text.Split(','),
    };
}
