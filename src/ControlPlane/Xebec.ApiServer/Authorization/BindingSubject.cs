using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>Whom a binding is for.</summary>
/// <param name="IsGroup">A group; a user otherwise (service accounts are users).</param>
/// <param name="UserOrGroup">The user's or group's name.</param>
/// <param name="Text">As messages show it: Group "system:masters", ServiceAccount "name/namespace".</param>
internal sealed record BindingSubject(bool IsGroup, string UserOrGroup, string Text)
{
    /// <summary>Reads a subject of a binding, whose namespace is that of a service account without one.</summary>
    public static BindingSubject Read(ObjectValue tree, string bindingNamespace)
    {
        var (kind, name) = (tree.GetString("kind") ?? "", tree.GetString("name") ?? "");
        var ns = tree.GetString("namespace") is { Length: > 0 } own ? own : bindingNamespace;
        return kind == "ServiceAccount"
            ? new BindingSubject(false, ServiceAccountUser.Name(ns, name), $"ServiceAccount \"{name}/{tree.GetString("namespace")}\"")
            : new BindingSubject(kind == "Group", name, $"{kind} \"{name}\"");
    }
}
