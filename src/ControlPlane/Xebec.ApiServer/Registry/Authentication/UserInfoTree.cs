using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Registry.Authentication;

/// <summary>A user as authentication.k8s.io/v1 UserInfo.</summary>
internal static class UserInfoTree
{
    public static ObjectValue Of(UserInfo user)
    {
        var tree = new ObjectValue { { "username", user.Name } };
        if (user.Uid.Length > 0)
            tree["uid"] = user.Uid;
        tree["groups"] = Texts(user.Groups);
        if (user.Extra.Count == 0)
            return tree;
        var extra = new ObjectValue();
        foreach (var (key, values) in user.Extra.OrderBy(e => e.Key, StringComparer.Ordinal))
            extra[key] = Texts(values);
        tree["extra"] = extra;
        return tree;
    }

    /// <summary>A list of strings.</summary>
    public static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));
}
