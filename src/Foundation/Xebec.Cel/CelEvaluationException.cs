namespace Xebec.Cel;

/// <summary>An evaluation gave no value; the message is upstream's.</summary>
public sealed class CelEvaluationException : Exception
{
    internal CelEvaluationException(string message, CelFailure failure = CelFailure.Error)
        : base(message) => Failure = failure;

    /// <summary>Why.</summary>
    public CelFailure Failure { get; }
}
