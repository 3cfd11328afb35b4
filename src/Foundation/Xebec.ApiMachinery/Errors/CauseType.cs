namespace Xebec.ApiMachinery.Errors;

/// <summary>The machine-readable reasons of one cause (metav1.CauseType).</summary>
public static class CauseType
{
    /// <summary>A referenced value does not exist.</summary>
    public const string FieldValueNotFound = "FieldValueNotFound";

    /// <summary>A required value is missing.</summary>
    public const string FieldValueRequired = "FieldValueRequired";

    /// <summary>A value that must be unique is not.</summary>
    public const string FieldValueDuplicate = "FieldValueDuplicate";

    /// <summary>A malformed value.</summary>
    public const string FieldValueInvalid = "FieldValueInvalid";

    /// <summary>A value outside its enumeration.</summary>
    public const string FieldValueNotSupported = "FieldValueNotSupported";

    /// <summary>A value that is not allowed here.</summary>
    public const string FieldValueForbidden = "FieldValueForbidden";

    /// <summary>A value that is too long.</summary>
    public const string FieldValueTooLong = "FieldValueTooLong";

    /// <summary>A list with too many items.</summary>
    public const string FieldValueTooMany = "FieldValueTooMany";

    /// <summary>A value of the wrong type.</summary>
    public const string FieldValueTypeInvalid = "FieldValueTypeInvalid";

    /// <summary>Not the client's fault.</summary>
    public const string InternalError = "InternalError";

    /// <summary>A server behind this one answered something unexpected.</summary>
    public const string UnexpectedServerResponse = "UnexpectedServerResponse";

    /// <summary>Another field manager owns the field.</summary>
    public const string FieldManagerConflict = "FieldManagerConflict";

    /// <summary>The resource version asked for is in the future.</summary>
    public const string ResourceVersionTooLarge = "ResourceVersionTooLarge";
}
