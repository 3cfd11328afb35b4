namespace Xebec.Cel;

/// <summary>What an expression may cost, in units of upstream's cost model; saturates at the largest number.</summary>
/// <param name="Min">At least.</param>
/// <param name="Max">At most.</param>
public readonly record struct CelCostEstimate(ulong Min, ulong Max)
{
    /// <summary>CRDs refuse a rule whose estimate (times how often it may run) is larger.</summary>
    public const ulong RuleLimit = 10_000_000;

    /// <summary>CRDs refuse a schema whose rules' estimates together are larger.</summary>
    public const ulong SchemaLimit = 100_000_000;
}
