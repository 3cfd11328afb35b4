using Xebec.ApiMachinery.Values;
using Xebec.Cel.Libraries;

namespace Xebec.Cel.Values;

/// <summary>A value of the language. Immutable; one that stands for JSON reads it in place.</summary>
public abstract class CelValue
{
    private protected CelValue()
    {
    }

    /// <summary>Its type at run time.</summary>
    public abstract CelType Type { get; }

    /// <summary>How many characters, bytes, items or members it has; null for what has no size.</summary>
    internal virtual long? Size => null;

    /// <summary>It is its type's zero value (empty, 0, false, null).</summary>
    internal virtual bool IsZero => false;

    /// <summary>It is an error or something else that strict functions pass on.</summary>
    internal bool IsError => this is CelError;

    /// <summary>JSON read as a type: dyn takes it as it is, string formats (timestamp, duration, bytes) are parsed.</summary>
    /// <remarks>What is not of that type becomes an error that is met when an expression uses it.</remarks>
    public static CelValue From(Value json, CelType type) => JsonReading.Read(json, type);

    /// <summary>JSON as it is.</summary>
    public static CelValue From(Value json) => JsonReading.Read(json, CelType.Dyn);

    /// <summary>A point in time.</summary>
    public static CelValue From(DateTimeOffset time) => CelTimestamp.Of(time);

    /// <summary>An optional value, none for null.</summary>
    public static CelValue OptionalOf(CelValue? value) => value is null ? CelOptional.None : CelOptional.Of(value);

    /// <summary>The variable <c>authorizer</c>: checks are asked of the delegate.</summary>
    public static CelValue Authorizer(Func<CelAuthorizationQuery, CelAuthorizationDecision> authorize) =>
        new AuthorizerValue(AuthorizerStep.Authorizer, new CelAuthorizationQuery(), authorize);

    /// <summary>A check of one resource (<c>authorizer.requestResource</c>), on which <c>check(verb)</c> is called.</summary>
    public static CelValue ResourceCheck(Func<CelAuthorizationQuery, CelAuthorizationDecision> authorize, CelAuthorizationQuery resource) =>
        new AuthorizerValue(AuthorizerStep.Resource, resource, authorize);

    /// <summary>An object whose fields are computed when they are first read (a policy's <c>variables</c>); a field is given by its name.</summary>
    public static CelValue LazyObject(CelObjectType type, Func<string, CelValue> readField) => new CelLazyObject(type, readField);

    /// <summary>An error that expressions meet when they use the value (a variable whose own expression failed).</summary>
    public static CelValue Failed(string message) => new CelError(message);

    /// <summary>The boolean, or null when it is something else.</summary>
    public virtual bool? AsBool() => null;

    /// <summary>The text of a string, or null when it is something else.</summary>
    public virtual string? AsString() => null;

    /// <summary>The integer, or null when it is something else.</summary>
    public virtual long? AsInt() => null;

    /// <summary>The value as JSON: numbers, strings, lists, maps and objects as they are, timestamps and durations as text, bytes as base64.</summary>
    /// <exception cref="CelEvaluationException">It has no JSON form (a type, an authorizer).</exception>
    public virtual Value ToJson() => throw new CelEvaluationException($"a value of type {Type} has no JSON form");

    /// <summary>Equality of the language: numbers of different types are equal when their values are.</summary>
    internal abstract bool EqualTo(CelValue other);

    /// <summary>Order of the language; null when the two cannot be ordered.</summary>
    internal virtual int? CompareTo(CelValue other) => null;

    /// <summary>Reads a field; an error when there is none.</summary>
    internal virtual CelValue GetField(string name) => CelError.NoSuchOverload;

    /// <summary>Whether a field is set; null when the value has no fields.</summary>
    internal virtual bool? HasField(string name) => null;

    /// <summary>Reads an item or member; an error when there is none.</summary>
    internal virtual CelValue At(CelValue key) => CelError.NoSuchOverload;

    /// <summary>Reads an item or member; null when there is none, an error when it cannot be asked.</summary>
    internal virtual CelValue? Find(CelValue key) => CelError.NoSuchOverload;

    /// <summary>A hash that agrees with <see cref="EqualTo"/>; 0 for what is no key.</summary>
    internal virtual int Hash() => 0;
}
