namespace Xebec.Cel;

/// <summary>Why an evaluation gave no value.</summary>
public enum CelFailure
{
    /// <summary>The expression met an error (no such key, division by zero, no such overload …).</summary>
    Error,

    /// <summary>This evaluation exceeded the limit of one call.</summary>
    CallCostExceeded,

    /// <summary>The budget that several evaluations share ran out.</summary>
    BudgetExceeded,
}
