using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Endpoints;

/// <summary>What admission noted about a request for the audit log: a feature of its HTTP context, made by the first note.</summary>
internal sealed class AuditAnnotations
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The notes by key, for example <c>webhook.example.com/reason</c>.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Notes something; the first value of a key stays, as upstream has it.</summary>
    public static void Add(HttpContext http, string key, string value)
    {
        if (http.Features.Get<AuditAnnotations>() is not { } annotations)
            http.Features.Set(annotations = new AuditAnnotations());
        annotations._values.TryAdd(key, value);
    }
}
