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
    public ValueTask<UserInfo> ApplyAsync(IHeaderDictionary headers, UserInfo requester, CancellationToken cancellationToken)
    {
        var name = headers["Impersonate-User"].ToString();
        if (name.Length > 0)
            return BecomeAsync(headers, requester, name, cancellationToken);
        if (headers.ContainsKey("Impersonate-Group") || headers.ContainsKey("Impersonate-Uid") || HasExtra(headers))
            throw ApiErrors.BadRequest("requested impersonation of groups, uid or extra without impersonating a user");
        return ValueTask.FromResult(requester);
    }

    private async ValueTask<UserInfo> BecomeAsync(
        IHeaderDictionary headers, UserInfo requester, string name, CancellationToken cancellationToken)
    {
        var account = ServiceAccountUser.Split(name);
        if (account is var (ns, accountName))
            await CheckAsync(requester, "", "serviceaccounts", "", ns, accountName, cancellationToken);
        else
            await CheckAsync(requester, "", "users", "", "", name, cancellationToken);
        var groups = new List<string>();
        foreach (var group in headers["Impersonate-Group"])
        {
            await CheckAsync(requester, "", "groups", "", "", group ?? "", cancellationToken);
            groups.Add(group ?? "");
        }

        var uid = headers["Impersonate-Uid"].ToString();
        if (uid.Length > 0)
            await CheckAsync(requester, "authentication.k8s.io", "uids", "", "", uid, cancellationToken);
        var extra = await ExtraAsync(headers, requester, cancellationToken);
        if (groups.Count == 0 && account is not null)
            groups.AddRange(ServiceAccountUser.Groups(account.Value.Namespace));
        AddAuthenticated(groups, name);
        return new UserInfo(name, uid, groups, extra);
    }

    private async ValueTask<Dictionary<string, IReadOnlyList<string>>> ExtraAsync(
        IHeaderDictionary headers, UserInfo requester, CancellationToken cancellationToken)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (header, values) in headers)
        {
            if (!IsExtra(header))
                continue;
            var key = Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant());
            foreach (var value in values)
                await CheckAsync(requester, "authentication.k8s.io", "userextras", key, "", value ?? "", cancellationToken);
            extra[key] = [.. values.Select(v => v ?? "")];
        }

        return extra;
    }

    private static bool HasExtra(IHeaderDictionary headers)
    {
        foreach (var (header, _) in headers)
        {
            if (IsExtra(header))
                return true;
        }

        return false;
    }

    private static bool IsExtra(string header) => header.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase);

    private static void AddAuthenticated(List<string> groups, string name)
    {
        var implied = name == UserInfo.Anonymous.Name ? "system:unauthenticated" : "system:authenticated";
        if (!groups.Contains("system:authenticated") && !groups.Contains("system:unauthenticated"))
            groups.Add(implied);
    }

    private async ValueTask CheckAsync(
        UserInfo requester, string group, string resource, string subresource, string ns, string name, CancellationToken cancellationToken)
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
        var decision = await authorizer.AuthorizeAsync(attributes, cancellationToken);
        if (!decision.Allowed)
            throw ForbiddenMessage.For(attributes, decision.Reason);
    }
}
