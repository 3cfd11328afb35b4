using System.Globalization;
using Xebec.Api.Rules.Declarations;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>Makes the validation of a struct from the rules files and the coded rules. Not thread-safe.</summary>
internal sealed class ChecksCompiler
{
    private readonly Dictionary<StructSchema, StructChecks?> _compiled = [];

    /// <summary>The rules of a struct; null when nothing in it has any.</summary>
    public StructChecks? Compile(StructSchema type)
    {
        if (_compiled.TryGetValue(type, out var known))
            return known;
        _compiled[type] = null; // what a recursive type finds of itself
        return _compiled[type] = Build(type, []);
    }

    private StructChecks? Build(StructSchema type, List<RuleLine> extra)
    {
        var lines = RuleCatalog.LinesOf(type);
        lines.AddRange(extra);
        var fields = new List<FieldChecks>();
        foreach (var field in type.Fields)
        {
            if (field.InlinedFrom?.Name != "TypeMeta" && !IsObjectMeta(field) && Field(field, lines) is { } checks)
                fields.Add(checks);
        }

        var code = CodedRules.ChecksOf(type);
        return fields.Count + code.Count == 0 ? null : new StructChecks([.. fields], [.. code]);
    }

    // Metadata has rules of its own: what holds for a kind's object does not hold for a template's.
    private static bool IsObjectMeta(FieldSchema field) => field.Type is StructSchema { Name: "ObjectMeta" };

    private FieldChecks? Field(FieldSchema field, List<RuleLine> lines)
    {
        var own = lines.FindAll(l => !l.IsNested && l.Field == field.Name);
        var nested = lines.FindAll(l => l.IsNested && l.Field == field.Name).ConvertAll(l => l.Inner());
        var shape = FieldShape.Of(field.Type);
        var type = own.Exists(l => l.Has("unchecked")) ? null : shape.Struct;
        var inner = type is null ? null : nested.Count == 0 ? Compile(type) : Build(type, nested);
        var checks = own.SelectMany(Checks).ToArray();
        var required = own.Find(l => l.Has("required"));
        var immutable = own.Exists(l => l.Has("immutable"));
        var frozen = own.Find(l => l.Has("frozen"))?.Argument("frozen");
        if (inner is null && checks.Length == 0 && required is null && !immutable && frozen is null)
            return null;
        return new FieldChecks
        {
            Name = field.Name,
            Nullable = field.Nullable,
            IsMap = shape.IsMap,
            AlwaysPresent = field is { Nullable: false, Type: StructSchema },
            Required = required is not null,
            RequiredDetail = Text(required?.Argument("required")) ?? "",
            Immutable = immutable,
            Frozen = Text(frozen),
            CheckedZero = own.Exists(l => l.Has("checkzero")) ? Zero(field.Type) : null,
            ShownName = own.Find(l => l.Has("as"))?.Argument("as") ?? field.Name,
            IsUnnamed = own.Exists(l => l.Has("unnamed")),
            Checks = checks,
            Inner = inner,
        };
    }

    private static Value Zero(TypeSchema type) => type is ScalarSchema { Kind: ScalarKind.String } ? (Value)"" : 0L;

    private static string? Text(string? json) => json is null ? null : Value.Parse(json).AsString();

    private static IEnumerable<FieldCheck> Checks(RuleLine line)
    {
        foreach (var (key, value) in line.Attributes)
        {
            if (Check(line, key, value) is { } check)
                yield return check;
        }
    }

    private static FieldCheck? Check(RuleLine line, string key, string? value) => key switch
    {
        "default" or "when" or "required" or "immutable" or "frozen" or "checkzero" or "unchecked" or "as" or "unnamed" or "off" => null,
        "enum" => new EnumCheck(value!.Split(',')),
        "min" => new MinimumCheck(Number(value!), $"must be greater than or equal to {value}"),
        "positive" => new MinimumCheck(1, $"must be greater than {value ?? "0"}"),
        "nonnegative" => new MinimumCheck(0, Text(value) ?? "must be a non-negative integer"),
        "range" => Range(value!.Split("..")),
        "format" => new FormatCheck(Format(line, value!), false),
        "keys" => new FormatCheck(Format(line, value!), true),
        "port" => new PortCheck(),
        "unique" => new UniqueCheck(value),
        "maxitems" or "maxbytes" => new MaximumCheck((int)Number(value!)),
        _ => throw line.Error($"unknown attribute '{key}'"),
    };

    private static Func<string, IReadOnlyList<string>> Format(RuleLine line, string name) =>
        Formats.Find(name) ?? throw line.Error($"unknown format '{name}'");

    private static RangeCheck Range(string[] ends) => new(Number(ends[0]), Number(ends[1]));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
