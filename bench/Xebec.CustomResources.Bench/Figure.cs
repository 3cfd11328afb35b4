namespace Xebec.CustomResources.Bench;

/// <summary>One measurement.</summary>
/// <param name="LiveBytes">Managed memory that is reachable.</param>
/// <param name="Microseconds">The median time of each document.</param>
internal sealed record Figure(long LiveBytes, double[] Microseconds);
