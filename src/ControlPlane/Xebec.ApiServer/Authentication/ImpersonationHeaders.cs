using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Authentication;

/// <summary>The headers that say whom a request acts as (Impersonate-User and its companions).</summary>
internal static class ImpersonationHeaders
{
    private const string User = "Impersonate-User";
    private const string Group = "Impersonate-Group";
    private const string Uid = "Impersonate-Uid";
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>The user as the headers have it, and takes them out: nobody behind is to see them. Null when they name nobody.</summary>
    /// <exception cref="ApiException">400 for parts of an identity without its user.</exception>
    public static UserInfo? Take(IHeaderDictionary headers)
    {
        var name = headers[User] is [{ Length: > 0 } first, ..] ? first : "";
        if (name.Length == 0)
        {
            return headers.ContainsKey(Group) || headers.ContainsKey(Uid) || HasExtra(headers)
                ? throw ApiErrors.BadRequest("requested impersonation of groups, uid or extra without impersonating a user name")
                : null;
        }

        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (header, values) in headers.Where(h => IsExtra(h.Key)))
            extra[Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant())] = [.. values.Select(v => v ?? "")];
        var wanted = new UserInfo(name, headers[Uid] is [{ } uid, ..] ? uid : "", [.. headers[Group].Select(g => g ?? "")], extra);
        foreach (var header in headers.Keys.Where(k => k.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase)).ToArray())
            headers.Remove(header);
        return wanted;
    }

    // Every request comes by here.
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
}
