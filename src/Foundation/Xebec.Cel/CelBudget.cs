namespace Xebec.Cel;

/// <summary>
/// What evaluations may cost, in units of upstream's cost model. One budget is shared by the evaluations of one request (one object's
/// rules, one policy's expressions); it is not thread-safe.
/// </summary>
public sealed class CelBudget
{
    /// <summary>The limit of one evaluation.</summary>
    public const long PerCallLimit = 1_000_000;

    /// <summary>The limit of all evaluations of one object.</summary>
    public const long RuntimeBudget = 10_000_000;

    /// <summary>The limit of all match conditions of one webhook call or policy.</summary>
    public const long MatchConditionsBudget = RuntimeBudget / 4;

    /// <summary>A fresh budget.</summary>
    public CelBudget(long total = RuntimeBudget) => Remaining = total;

    /// <summary>What is left; negative once it ran out.</summary>
    public long Remaining { get; private set; }

    /// <summary>What the last evaluation cost.</summary>
    public long LastCost { get; private set; }

    internal bool Charge(long cost)
    {
        LastCost = cost;
        Remaining -= cost;
        return Remaining >= 0;
    }
}
