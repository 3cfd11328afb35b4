using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>What the expressions of admission may name: object, oldObject, request, authorizer, and of policies params and variables.</summary>
internal static class AdmissionEnvironment
{
    private static readonly CelType AuthorizerType = CelValue.Authorizer(static _ => new(false)).Type;
    private static readonly CelType CheckType = CelValue.ResourceCheck(static _ => new(false), new()).Type;

    private static readonly CelType Kind = Structure("kubernetes.GroupVersionKind", "group", "version", "kind");
    private static readonly CelType Resource = Structure("kubernetes.GroupVersionResource", "group", "version", "resource");

    private static readonly CelType User = new CelObjectType("kubernetes.UserInfo",
    [
        Text("username"), Text("uid"), new("groups", CelType.List(CelType.String)),
        new("extra", CelType.Map(CelType.String, CelType.List(CelType.String))),
    ]);

    private static readonly CelType Request = new CelObjectType("kubernetes.AdmissionRequest",
    [
        new("kind", Kind), new("resource", Resource), Text("subResource"), new("requestKind", Kind), new("requestResource", Resource),
        Text("requestSubResource"), Text("name"), Text("namespace"), Text("operation"), new("userInfo", User), new("dryRun", CelType.Bool),
        new("options", CelType.Dyn),
    ]);

    private static readonly CelType Labels = CelType.Map(CelType.String, CelType.String);

    private static readonly CelType NamespaceType = new CelObjectType("kubernetes.Namespace",
    [
        new("metadata", new CelObjectType("kubernetes.NamespaceMetadata",
        [
            Text("name"), Text("generateName"), Text("namespace"), new("labels", Labels), new("annotations", Labels), Text("UID"),
            new("creationTimestamp", CelType.Timestamp), new("deletionGracePeriodSeconds", CelType.Int), new("deletionTimestamp", CelType.Timestamp),
            Text("generation"), Text("resourceVersion"), new("finalizers", CelType.List(CelType.String)),
        ])),
        new("spec", new CelObjectType("kubernetes.NamespaceSpec", [new("finalizers", CelType.List(CelType.String))])),
        new("status", new CelObjectType("kubernetes.NamespaceStatus", [Text("phase")])),
    ]);

    private static readonly CelVariable[] OfPolicies =
    [
        new("object", CelType.Dyn), new("oldObject", CelType.Dyn), new("request", Request), new("authorizer", AuthorizerType),
        new("authorizer.requestResource", CheckType), new("namespaceObject", NamespaceType),
    ];

    /// <summary>The type of namespaceObject.</summary>
    public static CelType Namespace => NamespaceType;

    /// <summary>The variables of webhooks' match conditions; namespaceObject is among them, but null.</summary>
    public static CelEnvironment Webhooks { get; } = new(OfPolicies);

    /// <summary>The same for expressions that are new.</summary>
    public static CelEnvironment NewWebhooks { get; } = new(OfPolicies, CelEnvironment.NewExpressions);

    /// <summary>What a messageExpression may name: all of its policy's but the authorizer.</summary>
    public static CelEnvironment Messages(CelEnvironment policy) => policy.Without("authorizer", "authorizer.requestResource");

    /// <summary>The variables of a policy, before its own.</summary>
    public static CelEnvironment Policies(bool hasParams, bool isNew = false) => new(
        hasParams ? [.. OfPolicies, new("params", CelType.Dyn)] : OfPolicies,
        isNew ? CelEnvironment.NewExpressions : CelEnvironment.StoredExpressions);

    // These types are not made from a schema, so reserved words (request.namespace) are written as they are.
    private static CelField Text(string name) => new(name, CelType.String) { WrittenName = name };

    private static CelObjectType Structure(string name, params string[] fields) => new(name, [.. fields.Select(Text)]);
}
