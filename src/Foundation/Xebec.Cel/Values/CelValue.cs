using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A value of the language. Immutable; one that stands for JSON reads it in place.</summary>
public abstract class CelValue
{
    private protected CelValue()
    {
    }

    /// <summary>Its type at run time.</summary>
    public abstract CelType Type { get; }

    /// <summary>JSON read as a type: dyn takes it as it is, string formats (timestamp, duration, bytes) are parsed.</summary>
    public static CelValue From(Value json, CelType type) => throw new CelEvaluationException($"not yet: {json} {type}");

    /// <summary>JSON as it is.</summary>
    public static CelValue From(Value json) => From(json, CelType.Dyn);

    /// <summary>The variable <c>authorizer</c> (or <c>authorizer.requestResource</c>'s origin): asks the delegate.</summary>
    public static CelValue Authorizer(Func<CelAuthorizationQuery, CelAuthorizationDecision> authorize) =>
        throw new CelEvaluationException($"not yet: {authorize}");

    /// <summary>A check of the resource of a query (<c>authorizer.requestResource</c>).</summary>
    public static CelValue ResourceCheck(Func<CelAuthorizationQuery, CelAuthorizationDecision> authorize, CelAuthorizationQuery resource) =>
        throw new CelEvaluationException($"not yet: {authorize} {resource}");

    /// <summary>An object whose fields are computed when they are first read (a policy's <c>variables</c>).</summary>
    public static CelValue LazyObject(CelObjectType type, Func<string, CelValue> readField) =>
        throw new CelEvaluationException($"not yet: {type} {readField}");

    /// <summary>The boolean, or null when it is something else.</summary>
    public virtual bool? AsBool() => null;

    /// <summary>The text of a string, or null when it is something else.</summary>
    public virtual string? AsString() => null;

    /// <summary>The integer, or null when it is something else.</summary>
    public virtual long? AsInt() => null;

    /// <summary>The value as JSON: numbers, strings, lists, maps and objects as they are, timestamps and durations as text, bytes as base64.</summary>
    /// <exception cref="CelEvaluationException">It has no JSON form (a type, an authorizer).</exception>
    public abstract Value ToJson();
}
