using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of role bindings.</summary>
internal static class RbacColumns
{
    public static TableColumn[] RoleBinding { get; } = Binding("roleBinding");

    public static TableColumn[] ClusterRoleBinding { get; } = Binding("clusterRoleBinding");

    private static TableColumn[] Binding(string binding) =>
    [
        Column.Name,
        Column.Text("Role", "The role that is granted.", static o => $"{o.Text("roleRef", "kind")}/{o.Text("roleRef", "name")}"),
        Column.Age,
        Column.Wide("Users", $"Users in the {binding}", static o => Subjects(o, "User")),
        Column.Wide("Groups", $"Groups in the {binding}", static o => Subjects(o, "Group")),
        Column.Wide("ServiceAccounts", $"ServiceAccounts in the {binding}", static o => Subjects(o, "ServiceAccount")),
    ];

    private static string Subjects(ObjectValue binding, string kind) => string.Join(
        ", ",
        binding.Items("subjects").Where(s => s.Text("kind") == kind)
            .Select(s => kind == "ServiceAccount" ? $"{s.Text("namespace")}/{s.Text("name")}" : s.Text("name")));
}
