namespace Xebec.ApiMachinery.Structural;

/// <summary>One of x-kubernetes-validations: a CEL rule for the value it stands at.</summary>
public sealed record ValidationRule
{
    /// <summary>The CEL expression.</summary>
    public required string Rule { get; init; }

    /// <summary>What to say when it is false; empty says which rule failed.</summary>
    public string Message { get; init; } = "";

    /// <summary>A CEL expression that makes the message; empty when there is none.</summary>
    public string MessageExpression { get; init; } = "";

    /// <summary>FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.</summary>
    public string Reason { get; init; } = "FieldValueInvalid";

    /// <summary>A JSONPath below the value that the error is of; empty for the value itself.</summary>
    public string FieldPath { get; init; } = "";

    /// <summary>optionalOldSelf: oldSelf is an optional, and the rule runs on create too.</summary>
    public bool OptionalOldSelf { get; init; }

    /// <summary>Whether reason is given.</summary>
    public bool SaysReason { get; init; }

    /// <summary>Whether optionalOldSelf is given, true or not.</summary>
    public bool SaysOptionalOldSelf { get; init; }
}
