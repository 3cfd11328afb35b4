namespace Xebec.Cel.Costs;

/// <summary>What a call may cost, without its arguments where that is said, and how large its result may be when that is known.</summary>
internal readonly record struct CallEstimate(Bounds Cost, Bounds? ResultSize = null);
