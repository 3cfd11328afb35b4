using System.Text;

namespace Xebec.ComponentBase.Health;

/// <summary>The checks of one health path (/healthz, /livez or /readyz); adding and reading take no lock.</summary>
/// <param name="path">The path's last part, which upstream prints: healthz, livez or readyz.</param>
public sealed class HealthChecks(string path)
{
    private volatile HealthCheck[] _checks = [];

    /// <summary>The path's last part: healthz, livez or readyz.</summary>
    public string Path { get; } = path;

    /// <summary>The checks, in the order they were added.</summary>
    public IReadOnlyList<HealthCheck> Checks => _checks;

    /// <summary>Adds a check at the end; one of the same name is replaced in its place.</summary>
    public void Add(HealthCheck check)
    {
        HealthCheck[] seen, wanted;
        do
        {
            seen = _checks;
            var at = Array.FindIndex(seen, one => one.Name == check.Name);
            wanted = at < 0 ? [.. seen, check] : [.. seen[..at], check, .. seen[(at + 1)..]];
        }
        while (Interlocked.CompareExchange(ref _checks, wanted, seen) != seen);
    }

    /// <summary>Runs one check by name, for /readyz/NAME; null when there is none (404).</summary>
    public async Task<HealthReport?> ReportOneAsync(string name, CancellationToken cancellationToken)
    {
        if (Array.Find(_checks, one => one.Name == name) is not { } check) return null;
        var problem = await RunAsync(check, cancellationToken).ConfigureAwait(false);
        return problem is null
            ? new HealthReport(200, "ok", [])
            : new HealthReport(500, $"internal server error: {problem}\n", [$"{name}: {problem}"]);
    }

    /// <summary>Runs all checks but the excluded. Without <paramref name="verbose"/> a healthy answer is just "ok".</summary>
    public async Task<HealthReport> ReportAsync(IReadOnlyCollection<string> excluded, bool verbose, CancellationToken cancellationToken)
    {
        var (lines, problems, checks) = (new StringBuilder(), new List<string>(), _checks);
        foreach (var check in checks)
        {
            var problem = excluded.Contains(check.Name) ? null : await RunAsync(check, cancellationToken).ConfigureAwait(false);
            if (problem is not null) problems.Add($"{check.Name}: {problem}");
            lines.Append(Line(check.Name, excluded.Contains(check.Name), problem));
        }

        AppendUnknown(lines, excluded.Where(name => !checks.Any(check => check.Name == name)));
        if (problems.Count > 0) return new HealthReport(500, $"{lines}{Path} check failed\n", problems);
        return new HealthReport(200, verbose ? $"{lines}{Path} check passed\n" : "ok", []);
    }

    private static string Line(string name, bool isExcluded, string? problem) =>
        isExcluded ? $"[+]{name} excluded: ok\n" : problem is null ? $"[+]{name} ok\n" : $"[-]{name} failed: reason withheld\n";

    private static void AppendUnknown(StringBuilder lines, IEnumerable<string> unknownNames)
    {
        var quoted = string.Join(", ", unknownNames.Select(name => $"\"{name}\""));
        if (quoted.Length > 0) lines.Append($"warn: some health checks cannot be excluded: no matches for {quoted}\n");
    }

    private static async ValueTask<string?> RunAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }
}
