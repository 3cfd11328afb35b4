using Xebec.Api.Rules.Declarations;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Defaults;

/// <summary>Makes the defaults of a struct from the schema, the rules files and the coded rules. Not thread-safe.</summary>
internal sealed class DefaultsCompiler
{
    private readonly Dictionary<StructSchema, StructDefaults?> _compiled = [];

    /// <summary>The defaults of a struct; null when nothing in it has any.</summary>
    public StructDefaults? Compile(StructSchema type)
    {
        if (_compiled.TryGetValue(type, out var known))
            return known;
        _compiled[type] = null; // what a recursive type finds of itself
        return _compiled[type] = Build(type, []);
    }

    // The extra lines are those that a containing type declares for this one (spec.replicas of Deployment for DeploymentSpec).
    private StructDefaults? Build(StructSchema type, List<RuleLine> extra)
    {
        var lines = RuleCatalog.LinesOf(type);
        lines.AddRange(extra);
        var own = OwnDefaults(type, lines);
        List<Action<ObjectValue>> code = [.. Dropped(lines), .. CodedRules.DefaultsOf(type)];
        var children = Children(type, lines);
        return own.Count + code.Count + children.Count == 0 ? null : new StructDefaults([.. own], [.. code], [.. children]);
    }

    // Fields of features that are not on: clients may send them, and nothing of them is stored.
    private static IEnumerable<Action<ObjectValue>> Dropped(List<RuleLine> lines) =>
        from line in lines where !line.IsNested && line.Has("off") select (Action<ObjectValue>)(item => item.Remove(line.Field));

    private static List<FieldDefault> OwnDefaults(StructSchema type, List<RuleLine> lines)
    {
        var own = new List<FieldDefault>();
        foreach (var line in lines)
        {
            if (!line.IsNested && line.Has("default"))
                own.Add(FieldDefault.From(line, type.Field(line.Field)!));
        }

        foreach (var field in type.Fields)
        {
            if (field.Default is { } value && FieldDefault.IsNeeded(field, value))
                own.Add(new FieldDefault(field, value, null));
        }

        return own;
    }

    private List<StructDefaults.Child> Children(StructSchema type, List<RuleLine> lines)
    {
        var children = new List<StructDefaults.Child>();
        foreach (var field in type.Fields)
        {
            var shape = FieldShape.Of(field.Type);
            if (shape.Struct is not { Name: not "ObjectMeta" } inner)
                continue;
            var nested = lines.FindAll(l => l.IsNested && l.Field == field.Name).ConvertAll(l => l.Inner());
            var rules = nested.Count == 0 ? Compile(inner) : Build(inner, nested);
            if (rules is not null)
                children.Add(new(field.Name, !field.Nullable && !shape.IsList && !shape.IsMap, shape.IsMap, rules));
        }

        return children;
    }
}
