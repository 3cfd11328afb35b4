using Xebec.Cel.Syntax;

namespace Xebec.Cel.Costs;

internal sealed class CostEstimator(IReadOnlyList<CelVariable> variables)
{
    public CelCostEstimate Estimate(Expr expr) => new((ulong)variables.Count, (ulong)expr.Height);
}
