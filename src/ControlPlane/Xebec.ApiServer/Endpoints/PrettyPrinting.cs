using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Whether JSON is indented: when the query says so, and when it says nothing for the tools people read answers with.</summary>
internal static class PrettyPrinting
{
    /// <summary>Whether a request's answer is.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        if (request.Query.Count > 0 && request.Query.TryGetValue("pretty", out var pretty) && pretty.ToString() is { Length: > 0 } value)
            return value is "1" or "t" or "T" or "true" or "TRUE" or "True";
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal) ||
            agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
