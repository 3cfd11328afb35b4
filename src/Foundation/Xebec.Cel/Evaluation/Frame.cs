using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>The state of one evaluation: variables, what comprehensions have bound, and what it has cost so far.</summary>
internal sealed class Frame(CelActivation activation, int localCount)
{
    private readonly CelValue[] _locals = localCount == 0 ? [] : new CelValue[localCount];

    public long Cost { get; private set; }

    public CelActivation Activation { get; } = activation;

    public CelValue this[int slot]
    {
        get => _locals[slot];
        set => _locals[slot] = value;
    }

    public void Charge(long cost)
    {
        Cost += cost;
        if (Cost > CelBudget.PerCallLimit || cost < 0)
            throw new CelEvaluationException("operation cancelled: actual cost limit exceeded", CelFailure.CallCostExceeded);
    }
}
