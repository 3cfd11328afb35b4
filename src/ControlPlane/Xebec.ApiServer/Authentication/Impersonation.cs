using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Authentication;

/// <summary>Acting as somebody else (Impersonate-User and its companions), which each part of the identity needs the right for.</summary>
internal sealed class Impersonation(IAuthorizer authorizer)
{
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>The user to act as: the requester, unless the headers name another one.</summary>
    /// <exception cref="ApiException">403 when the requester may not; 400 for headers that name no user.</exception>
    public UserInfo Apply(IHeaderDictionary headers, UserInfo requester)
    {
        var name = headers["Impersonate-User"].ToString();
        if (name.Length > 0)
            return Become(headers, requester, name);
        if (headers.ContainsKey("Impersonate-Group") || headers.ContainsKey("Impersonate-Uid"))
            throw ApiErrors.BadRequest("requested impersonation of groups, uid or extra without impersonating a user");
        return requester;
    }

    private UserInfo Become(IHeaderDictionary headers, UserInfo requester, string name)
    {
        var account = ServiceAccountUser.Split(name);
        if (account is var (ns, accountName))
            Check(requester, "", "serviceaccounts", "", ns, accountName);
        else
            Check(requester, "", "users", "", "", name);
        var groups = new List<string>();
        foreach (var group in headers["Impersonate-Group"])
        {
            Check(requester, "", "groups", "", "", group ?? "");
            groups.Add(group ?? "");
        }

        var uid = headers["Impersonate-Uid"].ToString();
        if (uid.Length > 0)
            Check(requester, "authentication.k8s.io", "uids", "", "", uid);
        var extra = Extra(headers, requester);
        if (groups.Count == 0 && account is not null)
            groups.AddRange(ServiceAccountUser.Groups(account.Value.Namespace));
        AddAuthenticated(groups, name);
        return new UserInfo(name, uid, groups, extra);
    }

    private Dictionary<string, IReadOnlyList<string>> Extra(IHeaderDictionary headers, UserInfo requester)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (header, values) in headers)
        {
            if (!header.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var key = Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant());
            foreach (var value in values)
                Check(requester, "authentication.k8s.io", "userextras", key, "", value ?? "");
            extra[key] = [.. values.Select(v => v ?? "")];
        }

        return extra;
    }

    private static void AddAuthenticated(List<string> groups, string name)
    {
        var implied = name == UserInfo.Anonymous.Name ? "system:unauthenticated" : "system:authenticated";
        if (!groups.Contains("system:authenticated") && !groups.Contains("system:unauthenticated"))
            groups.Add(implied);
    }

    private void Check(UserInfo requester, string group, string resource, string subresource, string ns, string name)
    {
        var attributes = new AuthorizationAttributes
        {
            User = requester,
            Verb = "impersonate",
            IsResourceRequest = true,
            Group = group,
            Version = group.Length == 0 ? "" : "v1",
            Resource = resource,
            Subresource = subresource,
            Namespace = ns,
            Name = name,
        };
        var decision = authorizer.Authorize(attributes);
        if (!decision.Allowed)
            throw ForbiddenMessage.For(attributes, decision.Reason);
    }
}
