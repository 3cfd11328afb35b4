using Xebec.ApiServer.Authentication;

namespace Xebec.Testing;

/// <summary>A user with the groups that a login gives.</summary>
internal static class TestUser
{
    private const string Admin = "kubernetes-admin";
    private const string ServiceAccounts = "system:serviceaccounts";

    public static UserInfo Of(string name, IReadOnlyList<string> groups)
    {
        if (name == "system:anonymous")
            return UserInfo.Anonymous;
        List<string> all = [.. groups];
        if (name == Admin && groups.Count == 0)
            all.Add("system:masters");
        if (name.Split(':') is ["system", "serviceaccount", var ns, _])
            all.AddRange([ServiceAccounts, $"{ServiceAccounts}:{ns}"]);
        all.Add("system:authenticated");
        return new UserInfo(name, [.. all.Distinct()]);
    }
}
