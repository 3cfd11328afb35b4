using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>Whom a binding is for.</summary>
/// <param name="IsGroup">A group; a user otherwise (service accounts are users).</param>
/// <param name="UserOrGroup">The user's or group's name.</param>
/// <param name="Text">As messages show it: Group "system:masters", ServiceAccount "name/namespace".</param>
internal sealed record BindingSubject(bool IsGroup, string UserOrGroup, string Text)
{
    public static BindingSubject Read(ObjectValue tree)
    {
        var (kind, name, ns) = (tree.GetString("kind") ?? "", tree.GetString("name") ?? "", tree.GetString("namespace") ?? "");
        return kind == "ServiceAccount"
            ? new BindingSubject(false, ServiceAccountUser.Name(ns, name), $"ServiceAccount \"{name}/{ns}\"")
            : new BindingSubject(kind == "Group", name, $"{kind} \"{name}\"");
    }
}
