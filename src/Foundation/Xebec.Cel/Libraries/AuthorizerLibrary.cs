using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' authorizer functions (KEP-3488).</summary>
internal static class AuthorizerLibrary
{
    public static void AddTo(FunctionTable table)
    {
        var text = CelType.String;
        table.Method("path", "authorizer_path", Authorizer, text, PathCheck, Path);
        table.Method("group", "authorizer_group", Authorizer, text, GroupCheck, (a, v) =>
            Next(a, AuthorizerStep.Group, q => q with { Group = Text.Of(v) }));
        table.Method("serviceAccount", "authorizer_serviceaccount", [Authorizer, text, text], Authorizer, v =>
            ServiceAccount(v[0], Text.Of(v[1]), Text.Of(v[2])));
        table.Method("resource", "groupcheck_resource", GroupCheck, text, ResourceCheck, (a, v) =>
            Next(a, AuthorizerStep.Resource, q => q with { Resource = Text.Of(v) }));
        Narrow(table, "subresource", "resourcecheck_subresource", (q, v) => q with { Subresource = v });
        Narrow(table, "namespace", "resourcecheck_namespace", (q, v) => q with { Namespace = v });
        Narrow(table, "name", "resourcecheck_name", (q, v) => q with { Name = v });
        Narrow(table, "fieldSelector", "authorizer_fieldselector", (q, v) => q with { FieldSelector = v });
        Narrow(table, "labelSelector", "authorizer_labelselector", (q, v) => q with { LabelSelector = v });
        table.Method("check", "pathcheck_check", PathCheck, text, Decision, (a, v) => ((AuthorizerValue)a).Check(Text.Of(v)));
        table.Method("check", "resourcecheck_check", ResourceCheck, text, Decision, (a, v) => ((AuthorizerValue)a).Check(Text.Of(v)));
        table.Method("errored", "decision_errored", Decision, CelType.Bool, d => CelBool.Of(((DecisionValue)d).Decision.Error is not null));
        table.Method("error", "decision_error", Decision, text, d => new CelString(((DecisionValue)d).Decision.Error ?? ""));
        table.Method("allowed", "decision_allowed", Decision, CelType.Bool, d => CelBool.Of(((DecisionValue)d).Decision.Allowed));
        table.Method("reason", "decision_reason", Decision, text, d => new CelString(((DecisionValue)d).Decision.Reason));
    }

    private static void Narrow(FunctionTable table, string name, string id, Func<CelAuthorizationQuery, string, CelAuthorizationQuery> with) =>
        table.Method(name, id, ResourceCheck, CelType.String, ResourceCheck, (a, v) => Next(a, AuthorizerStep.Resource, q => with(q, Text.Of(v))));

    private static AuthorizerValue Next(CelValue value, AuthorizerStep step, Func<CelAuthorizationQuery, CelAuthorizationQuery> with)
    {
        var authorizer = (AuthorizerValue)value;
        return authorizer.With(step, with(authorizer.Query));
    }

    private static CelValue Path(CelValue value, CelValue path) => Text.Of(path).Length == 0
        ? new CelError("path must not be empty")
        : Next(value, AuthorizerStep.Path, q => q with { Path = Text.Of(path) });

    private static CelValue ServiceAccount(CelValue value, string @namespace, string name)
    {
        if (ApiMachinery.Names.NameRules.DnsSubdomain(name) is [var wrongName, ..])
            return new CelError($"Invalid service account name: {wrongName}");
        if (ApiMachinery.Names.NameRules.DnsLabel(@namespace) is [var wrongNamespace, ..])
            return new CelError($"Invalid service account namespace: {wrongNamespace}");
        return Next(value, AuthorizerStep.Authorizer, q => q with { ServiceAccount = (@namespace, name) });
    }
}
