using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.FlowControl;

/// <summary>Whom a rule of a FlowSchema is about.</summary>
/// <param name="Kind">User, Group or ServiceAccount.</param>
/// <param name="Name">The user or group, the whole user name of a ServiceAccount, or what all such names begin with.</param>
/// <param name="IsPrefix">The name is the beginning of many.</param>
internal readonly record struct FlowSubject(string Kind, string Name, bool IsPrefix)
{
    private const string All = "*";

    public static FlowSubject Read(ObjectValue subject)
    {
        var kind = subject.GetString("kind") ?? "";
        var account = subject.GetObject("serviceAccount");
        if (account is null)
        {
            var name = subject.GetObject(kind == "User" ? "user" : "group")?.GetString("name") ?? "";
            return name == All ? new FlowSubject(kind, "", true) : new FlowSubject(kind, name, false);
        }

        var prefix = $"system:serviceaccount:{account.GetString("namespace")}:";
        var accountName = account.GetString("name") ?? "";
        return accountName == All ? new FlowSubject(kind, prefix, true) : new FlowSubject(kind, prefix + accountName, false);
    }

    public bool Matches(UserInfo user)
    {
        if (Kind != "Group")
            return IsPrefix ? user.Name.StartsWith(Name, StringComparison.Ordinal) : user.Name == Name;
        if (IsPrefix)
            return true;
        for (var i = 0; i < user.Groups.Count; i++)
        {
            if (user.Groups[i] == Name)
                return true;
        }

        return false;
    }
}
