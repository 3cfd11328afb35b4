namespace Xebec.ComponentBase.Health;

/// <summary>One named check behind /healthz, /livez or /readyz.</summary>
/// <param name="Name">Name in the verbose report and last part of the check's own path, such as poststarthook/rbac.</param>
/// <param name="CheckAsync">Null when healthy, otherwise what is wrong; an exception counts as its message.</param>
public sealed record HealthCheck(string Name, Func<CancellationToken, ValueTask<string?>> CheckAsync)
{
    /// <summary>The check that upstream lists first: true as long as the server answers.</summary>
    public static HealthCheck Ping { get; } = new("ping", static _ => ValueTask.FromResult<string?>(null));

    /// <summary>A check that asks a flag: healthy once it returns true.</summary>
    public static HealthCheck FromFlag(string name, Func<bool> isHealthy, string problem) =>
        new(name, _ => ValueTask.FromResult(isHealthy() ? null : problem));
}
