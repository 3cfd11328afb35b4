using System.Runtime.CompilerServices;
using Xebec.Api.Rules.Declarations;
using Xebec.Api.Rules.Defaults;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>
/// A kind's declared rules: its defaults, its validation and what may not change. They are compiled when the kind is first used, from
/// the schema, the rules files beside it and the table of coded rules. A custom resource has the rules of metadata and of its own schema.
/// </summary>
public sealed class KindRules
{
    private static readonly ConditionalWeakTable<StructSchema, KindRules> Kinds = [];
    private static readonly Lock CompilerLock = new();
    private static readonly DefaultsCompiler DefaultsOf = new();
    private readonly Lazy<StructDefaults?> _defaults;
    private readonly Lazy<KindValidation> _validation;
    private readonly CustomKind? _custom;

    private KindRules(StructSchema kind)
    {
        _custom = kind.Custom;
        _defaults = new(() => CompileDefaults(kind));
        _validation = new(() => CompileValidation(kind));
    }

    /// <summary>The rules of a kind.</summary>
    /// <exception cref="RuleFormatException">A rules file is malformed.</exception>
    public static KindRules For(StructSchema kind) => Kinds.GetValue(kind, k => new KindRules(k));

    /// <summary>Fills in defaults. Doing it again changes nothing.</summary>
    public void Default(ObjectValue item)
    {
        _defaults.Value?.Apply(item);
        if (_custom is not null)
            Defaulting.Apply(item, _custom.Schema);
    }

    /// <summary>Adds what is wrong with a new object, which has its defaults.</summary>
    public void Validate(ObjectValue created, List<FieldError> errors)
    {
        _validation.Value.Check(created, errors);
        if (_custom is not null)
            SchemaValidation.Check(created, _custom.Schema, errors);
    }

    /// <summary>Adds what is wrong with a change of the object or one of its subresources (empty: the object).</summary>
    public void ValidateUpdate(ObjectValue updated, ObjectValue stored, string subresource, List<FieldError> errors)
    {
        _validation.Value.CheckUpdate(updated, stored, subresource, errors);
        if (_custom is not null)
            SchemaValidation.CheckUpdate(updated, stored, _custom.Schema, errors);
    }

    private static StructDefaults? CompileDefaults(StructSchema kind)
    {
        if (!IsBuiltIn(kind))
            return null;
        lock (CompilerLock)
            return DefaultsOf.Compile(kind);
    }

    private static KindValidation CompileValidation(StructSchema kind)
    {
        if (!IsBuiltIn(kind))
            return KindValidation.OfMetadataOnly;
        lock (CompilerLock)
            return KindValidation.Compile(kind);
    }

    // A custom resource may be called like a built-in kind; its own schema has its rules.
    private static bool IsBuiltIn(StructSchema kind) => BuiltIn.Schema.Structs.GetValueOrDefault(kind.FullName) == kind;
}
