using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>
/// Compiles the expressions of a ValidatingAdmissionPolicy once more, for each kind its constraints name with the kind's own type in the
/// place of object: what would fail at run time shows in status.typeChecking.
/// </summary>
internal sealed class PolicyTypeCheck(ResourceCatalog catalog)
{
    private const int MaximumKinds = 10;

    /// <summary>The policy's status.typeChecking.</summary>
    public ObjectValue Check(ObjectValue policy)
    {
        var spec = policy.GetObject("spec") ?? [];
        var kinds = Kinds(spec).ToArray();
        var environments = kinds.Select(k => (Name(k), Environment(spec, k))).ToArray();
        var warnings = new ListValue();
        var validations = spec.GetList("validations");
        for (var i = 0; i < validations?.Count; i++)
        {
            foreach (var member in new[] { "expression", "messageExpression" })
            {
                if (((ObjectValue)validations[i]).GetString(member) is { Length: > 0 } text && Problems(text, environments) is { Length: > 0 } problems)
                    warnings.Add(new ObjectValue { { "fieldRef", $"spec.validations[{i}].{member}" }, { "warning", problems } });
            }
        }

        return warnings.Count == 0 ? [] : new ObjectValue { { "expressionWarnings", warnings } };
    }

    private static string Problems(string text, (string Kind, CelEnvironment Environment)[] environments)
    {
        var problems = new List<string>();
        foreach (var (kind, environment) in environments)
        {
            try
            {
                environment.Compile(text);
            }
            catch (CelCompileException e)
            {
                problems.Add($"{kind}: {e.Message}");
            }
        }

        return string.Join('\n', problems);
    }

    // A wildcard names too many kinds to check.
    private IEnumerable<ServedResource> Kinds(ObjectValue spec) => (spec.GetObject("matchConstraints")?.GetList("resourceRules") ?? [])
        .Select(r => (ObjectValue)r).Where(r => !Texts(r, "apiGroups").Contains("*") && !Texts(r, "apiVersions").Contains("*"))
        .SelectMany(r =>
            from g in Texts(r, "apiGroups") from v in Texts(r, "apiVersions") from p in Texts(r, "resources") select catalog.Find(g, v, p))
        .OfType<ServedResource>().DistinctBy(Name).OrderBy(Name, StringComparer.Ordinal).Take(MaximumKinds);

    private CelEnvironment Environment(ObjectValue spec, ServedResource kind)
    {
        var type = CelSchemaTypes.FromSchema(kind.Schema);
        var environment = AdmissionEnvironment.Policies(spec.GetObject("paramKind") is not null)
            .WithVariables(new CelVariable("object", type), new CelVariable("oldObject", type));
        if (spec.GetObject("paramKind") is { } param && GroupVersion.TryParse(param.GetString("apiVersion") ?? "", out var groupVersion) &&
            catalog.FindKind(groupVersion, param.GetString("kind") ?? "") is { } known)
        {
            environment = environment.WithVariables(new CelVariable("params", CelSchemaTypes.FromSchema(known.Schema)));
        }

        return PolicyVariables.Read(spec.GetList("variables"), environment).Environment;
    }

    private static string[] Texts(ObjectValue rule, string name) => [.. (rule.GetList(name) ?? []).Select(v => v.AsString() ?? "")];

    private static string Name(ServedResource resource) => $"{resource.Info.GroupVersion}, Kind={resource.Info.Kind}";
}
