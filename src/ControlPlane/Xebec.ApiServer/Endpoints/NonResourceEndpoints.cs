using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The paths that are about no resource (/healthz, /version, /apis …): exact ones first, then the longest prefix.</summary>
internal sealed class NonResourceEndpoints
{
    private readonly Dictionary<string, Func<HttpContext, Task>> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, Func<HttpContext, Task> Handler)> _prefixes = [];

    /// <summary>The paths and prefixes served, as / lists them.</summary>
    public IEnumerable<string> Paths => _exact.Keys.Concat(_prefixes.Select(p => p.Prefix.TrimEnd('/'))).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Registers a path, or with a trailing slash every path below one.</summary>
    /// <exception cref="InvalidOperationException">It is taken.</exception>
    public void Add(string path, Func<HttpContext, Task> handler)
    {
        if (path.EndsWith('/') && path.Length > 1 ? _prefixes.Exists(p => p.Prefix == path) : _exact.ContainsKey(path))
            throw new InvalidOperationException($"{path} is registered twice");
        if (path.EndsWith('/') && path.Length > 1)
            _prefixes.Add((path, handler));
        else
            _exact.Add(path, handler);
    }

    /// <summary>Serves a path.</summary>
    /// <exception cref="ApiException">404 when nothing does.</exception>
    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (_exact.TryGetValue(path, out var exact) || (path.Length > 1 && _exact.TryGetValue(path.TrimEnd('/'), out exact)))
            return exact(http);
        foreach (var (prefix, handler) in _prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                return handler(http);
        }

        throw ApiErrors.PathNotFound();
    }
}
