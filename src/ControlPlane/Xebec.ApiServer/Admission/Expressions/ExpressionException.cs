namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>An expression gave no value; the message is upstream's.</summary>
internal sealed class ExpressionException(string message) : Exception(message)
{
    /// <summary>All expressions together cost too much: none of the others is evaluated.</summary>
    public bool IsBudgetExceeded { get; init; }
}
