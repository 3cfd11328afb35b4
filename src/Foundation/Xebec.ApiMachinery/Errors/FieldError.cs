using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Errors;

/// <summary>One broken rule of one field, in upstream's words (k8s.io/apimachinery/pkg/util/validation/field).</summary>
public sealed record FieldError
{
    private FieldError(string type, string field, string body)
    {
        Type = type;
        Field = field;
        Body = body;
    }

    /// <summary>One of <see cref="CauseType"/>.</summary>
    public string Type { get; }

    /// <summary>The field's path.</summary>
    public string Field { get; }

    /// <summary>The message without the field's name.</summary>
    public string Body { get; }

    /// <summary>A missing value; the detail may be empty.</summary>
    public static FieldError Required(FieldPath field, string detail = "") =>
        Of(CauseType.FieldValueRequired, field, "Required value", detail);

    /// <summary>A malformed value.</summary>
    public static FieldError Invalid(FieldPath field, Value? value, string detail) =>
        Of(CauseType.FieldValueInvalid, field, $"Invalid value: {Show(value)}", detail);

    /// <summary>A malformed value that is not shown.</summary>
    public static FieldError InvalidUnshown(FieldPath field, string detail) => Of(CauseType.FieldValueInvalid, field, "Invalid value", detail);

    /// <summary>A value of the wrong type.</summary>
    public static FieldError TypeInvalid(FieldPath field, Value? value, string detail) =>
        Of(CauseType.FieldValueTypeInvalid, field, $"Invalid value: {Show(value)}", detail);

    /// <summary>A value outside its enumeration; upstream sorts the supported values.</summary>
    public static FieldError NotSupported(FieldPath field, Value? value, IEnumerable<string> supported)
    {
        var values = string.Join(", ", supported.Select(GoText.Quote));
        var detail = values.Length == 0 ? "" : $"supported values: {values}";
        return Of(CauseType.FieldValueNotSupported, field, $"Unsupported value: {Show(value)}", detail);
    }

    /// <summary>A value that must not be set or changed here.</summary>
    public static FieldError Forbidden(FieldPath field, string detail) => Of(CauseType.FieldValueForbidden, field, "Forbidden", detail);

    /// <summary>A value that occurs twice.</summary>
    public static FieldError Duplicate(FieldPath field, Value? value, string detail = "") =>
        Of(CauseType.FieldValueDuplicate, field, $"Duplicate value: {Show(value)}", detail);

    /// <summary>A reference to something that does not exist.</summary>
    public static FieldError NotFound(FieldPath field, Value? value, string detail = "") =>
        Of(CauseType.FieldValueNotFound, field, $"Not found: {Show(value)}", detail);

    /// <summary>A text longer than the given bytes; a negative limit is not named.</summary>
    public static FieldError TooLong(FieldPath field, int maximumBytes) => Of(
        CauseType.FieldValueTooLong,
        field,
        "Too long",
        maximumBytes < 0 ? "value is too long" : $"may not be more than {maximumBytes} {(maximumBytes == 1 ? "byte" : "bytes")}");

    /// <summary>A list with more items than allowed; a negative count or limit is not named.</summary>
    public static FieldError TooMany(FieldPath field, int count, int maximum) => Of(
        CauseType.FieldValueTooMany,
        field,
        count < 0 ? "Too many" : $"Too many: {count}",
        maximum < 0 ? "has too many items" : $"must have at most {maximum} {(maximum == 1 ? "item" : "items")}");

    /// <summary>Something failed that is not the client's fault.</summary>
    public static FieldError InternalError(FieldPath field, string detail) => Of(CauseType.InternalError, field, "Internal error", detail);

    /// <summary>The same error of a field below another one.</summary>
    public FieldError Below(FieldPath root) =>
        new(Type, Field == "<nil>" ? root.ToString() : Field[0] == '[' ? root + Field : $"{root}.{Field}", Body);

    /// <summary>The same error of another field, which its message may name, too.</summary>
    public FieldError Moved(string field, string? body = null) => new(Type, field, body ?? Body);

    /// <summary>The field and what is wrong, as it stands in an Invalid error's message.</summary>
    public override string ToString() => $"{Field}: {Body}";

    private static FieldError Of(string type, FieldPath field, string body, string detail) =>
        new(type, field.ToString(), detail.Length == 0 ? body : $"{body}: {detail}");

    // Strings as Go quotes them, everything else as JSON.
    private static string Show(Value? value) => value switch
    {
        null => "null",
        StringValue text => GoText.Quote(text.Text),
        NullValue => "\"null\"",
        _ => value.ToString(),
    };
}
