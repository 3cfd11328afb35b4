using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authorization;

/// <summary>What the authorizer must know of a RoleBinding or ClusterRoleBinding.</summary>
internal sealed record BindingFacts(string Namespace, string Name, bool IsToClusterRole, string RoleName, IReadOnlyList<BindingSubject> Subjects)
{
    public static BindingFacts Read(CachedObject item)
    {
        var tree = item.ToTree();
        var role = tree.GetObject("roleRef");
        var subjects = (tree.GetList("subjects") ?? []).OfType<ObjectValue>().Select(s => BindingSubject.Read(s, item.Facts.Namespace)).ToArray();
        return new BindingFacts(
            item.Facts.Namespace, item.Facts.Name, role?.GetString("kind") == "ClusterRole", role?.GetString("name") ?? "", subjects);
    }

    /// <summary>Why a binding allows something, in upstream's words.</summary>
    public string Reason(BindingSubject subject)
    {
        var kind = Namespace.Length == 0 ? "ClusterRoleBinding" : "RoleBinding";
        var name = Namespace.Length == 0 ? Name : $"{Name}/{Namespace}";
        return $"RBAC: allowed by {kind} \"{name}\" of {(IsToClusterRole ? "ClusterRole" : "Role")} \"{RoleName}\" to {subject.Text}";
    }
}
