namespace Xebec.ComponentBase.Health;

/// <summary>The answer to a health request.</summary>
/// <param name="StatusCode">200 or 500.</param>
/// <param name="Body">Plain text, in upstream's form.</param>
/// <param name="Problems">"name: reason" of each failed check, for the log only: upstream withholds reasons from clients.</param>
public sealed record HealthReport(int StatusCode, string Body, IReadOnlyList<string> Problems);
