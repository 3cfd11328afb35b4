namespace Xebec.Bench;

/// <summary>One row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The throughput, time or size.</param>
/// <param name="Cpu">CPU of the server per operation.</param>
/// <param name="Latency">p50 / p99.</param>
/// <param name="Budget">What DESIGN.md asks for.</param>
/// <param name="Met">Whether it is met, null where there is no budget.</param>
internal sealed record Measurement(string What, string Figure, string Cpu = "", string Latency = "", string Budget = "", bool? Met = null);
