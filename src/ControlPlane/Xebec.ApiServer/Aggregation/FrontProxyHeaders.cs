using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Aggregation;

/// <summary>How a proxy tells a server who asks (authenticating proxy): X-Remote-User, -Uid, -Group and -Extra-*.</summary>
internal static class FrontProxyHeaders
{
    public const string User = "X-Remote-User";
    public const string Uid = "X-Remote-Uid";
    public const string Group = "X-Remote-Group";
    public const string ExtraPrefix = "X-Remote-Extra-";

    /// <summary>Replaces what a request says of its user, credentials included, by what is known.</summary>
    public static void Set(IHeaderDictionary headers, UserInfo user)
    {
        Remove(headers);
        headers[User] = user.Name;
        if (user.Uid.Length > 0)
            headers[Uid] = user.Uid;
        headers[Group] = user.Groups.ToArray();
        foreach (var (key, values) in user.Extra)
            headers[ExtraPrefix + Escape(key)] = values.ToArray();
    }

    /// <summary>Takes out what a request says of its user: it is for this server, and others must not take a client's word for it.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(IsAboutTheUser).ToArray())
            headers.Remove(name);
    }

    /// <summary>The user that a trusted proxy names; null when it names none.</summary>
    public static UserInfo? Read(IHeaderDictionary headers)
    {
        if (headers[User] is not [{ Length: > 0 } name, ..])
            return null;
        var extra = headers.Where(h => h.Key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)).ToDictionary(
            h => Uri.UnescapeDataString(h.Key[ExtraPrefix.Length..].ToLowerInvariant()),
            h => (IReadOnlyList<string>)[.. h.Value.OfType<string>()], StringComparer.Ordinal);
        string[] groups = [.. headers[Group].OfType<string>()];
        return new UserInfo(name, headers[Uid].ToString(), [.. groups.Append("system:authenticated").Distinct(StringComparer.Ordinal)], extra);
    }

    private static bool IsAboutTheUser(string name) =>
        name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase);

    // Keys may have characters that headers' names may not have, such as a slash.
    private static string Escape(string key) =>
        string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || "!#$&'*+-.^_`|~".Contains(c) ? c.ToString() : Uri.HexEscape(c)));
}
