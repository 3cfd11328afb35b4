using Xebec.Cel.Values;

namespace Xebec.Cel.Costs;

/// <summary>What a call cost, from its first two operands and its result.</summary>
internal delegate long CallCost(CelValue first, CelValue? second, CelValue result);
