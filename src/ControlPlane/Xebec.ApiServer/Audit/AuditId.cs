using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Audit;

/// <summary>The id of a request, which every answer carries and, when it is recorded, its audit events.</summary>
internal static class AuditId
{
    /// <summary>The header, of requests and answers.</summary>
    public const string Header = "Audit-Id";

    /// <summary>Gives the answer the id that the client chose, or a new one.</summary>
    public static void Set(HttpContext http)
    {
        var given = http.Request.Headers[Header].ToString();
        http.Response.Headers[Header] = given.Length > 0 && !given.AsSpan().ContainsAnyExceptInRange(' ', '~') ? given : Guid.NewGuid().ToString("D");
    }
}
