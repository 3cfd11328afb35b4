using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>apply in its forms, edit, replace, patch, label, annotate, diff and delete.</summary>
internal static class WritingSteps
{
    private const string One = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, labels: {set: a}}\ndata: {key: blue}\n";
    private static readonly string Changed = One.Replace("blue", "red");
    private static readonly string Two = One.Replace("one", "two");

    public static IReadOnlyList<Step> All { get; } = [.. Applying, .. Patching, .. Labelling, .. Removal];

    private static IEnumerable<Step> Applying =>
    [
        new("apply -n NS -f -", "^configmap/one created\n$", Input: One), new("apply -n NS -f -", "^configmap/one unchanged\n$", Input: One),
        new("diff -n NS -f -", "-  key: blue\n\\+  key: red", 1, Changed), new("diff -n NS -f -", "^$", 0, One),
        new("apply -n NS -f - --dry-run=client", "configmap/one configured \\(dry run\\)", Input: Changed),
        new("apply -n NS -f - --dry-run=server -o jsonpath={.data.key}", "^red$", Input: Changed), new("get cm one -n NS -o jsonpath={.data.key}", "^blue$"),
        new("apply -n NS -f - --server-side", "^configmap/one serverside-applied\n$", Input: One),
        new("apply -n NS -f - --server-side --field-manager=other", "Apply failed with 1 conflict: conflict with \"kubectl\": \\.data\\.key", 1, Changed),
        new("apply -n NS -f - --server-side --field-manager=other --force-conflicts", "serverside-applied", Input: Changed),
        new("get cm one -n NS --show-managed-fields -o 'jsonpath={.metadata.managedFields[*].manager}'", "other"),
        new("apply view-last-applied cm/one -n NS", "^apiVersion: v1\ndata:\n"), new("apply set-last-applied -n NS -f -", "no changes required", Input: One),
        new("apply edit-last-applied cm/one -n NS", "configured|edited|no changes"),
        new("apply -n NS -f -", "configmap/two created", Input: Two), new("apply -n NS -f - --prune -l set=a", "configmap/two pruned", Input: One),
        new("apply -n NS -f -", "unknown field \"nonsense\"", 1, One + "nonsense: 1\n"), new("apply -n NS -f - --validate=warn", "unknown field \"nonsense\"", 0, One + "nonsense: 1\n"),
        new("apply -n NS -f - --validate=false", "configmap/one", 0, One + "nonsense: 1\n"),
        new("create -n NS -f -", "unknown field \"nonsense\"", 1, One.Replace("one", "three") + "nonsense: 1\n"),
        new("create -n NS -f -", "configmaps \"one\" already exists", 1, One), new("create -n NS -f -", "namespaces \"none\" not found|does not match", 1, One.Replace("{name", "{namespace: none, name")),
        new("apply -n NS -f -", "ConfigMap \"Not_Valid\" is invalid: metadata.name: Invalid value: \"Not_Valid\": a lowercase RFC 1123 subdomain", 1, One.Replace("one", "Not_Valid")),
        new("apply -n NS -f -", "no matches for kind \"Nonsense\" in version \"v1\"", 1, One.Replace("ConfigMap", "Nonsense")),
        new("edit cm one -n NS", "configmap/one edited"), new("edit cm one -n NS", "Edit cancelled, no changes made"), new("get cm one -n NS -o jsonpath={.data.key}", "^green$"),
        new("replace -n NS -f -", "^configmap/one replaced\n$", Input: One), new("replace --force -n NS -f -", "configmap \"one\" deleted.*\nconfigmap/one replaced", Input: One),
        new("replace -n NS -f -", "configmaps \"none\" not found", 1, One.Replace("one", "none")),
        new("create --raw /api/v1/namespaces/NS/configmaps -f -", "\"name\":\"raw\"", Input: "{\"metadata\":{\"name\":\"raw\"}}"),
        new("replace --raw /api/v1/namespaces/NS/configmaps/raw -f -", "\"a\":\"b\"", Input: "{\"metadata\":{\"name\":\"raw\"},\"data\":{\"a\":\"b\"}}"),
        new("delete --raw /api/v1/namespaces/NS/configmaps/raw", "\"status\":\"Success\""),
    ];

    private static IEnumerable<Step> Patching =>
    [
        new("patch cm one -n NS -p {\"data\":{\"more\":\"1\"}}", "^configmap/one patched\n$"), new("patch cm one -n NS --type=merge -p {\"data\":{\"more\":null}}", "^configmap/one patched\n$"),
        new("patch cm one -n NS --type=merge -p {\"data\":{\"more\":null}}", "patched \\(no change\\)"),
        new("patch cm one -n NS --type=json -p '[{\"op\":\"add\",\"path\":\"/data/third\",\"value\":\"3\"}]' -o jsonpath={.data.third}", "^3$"),
        new("patch cm one -n NS --type=json -p '[{\"op\":\"test\",\"path\":\"/data/third\",\"value\":\"4\"}]'", "The request is invalid: the server rejected our request due to an error in our request", 1),
        new("patch cm one -n NS -p {\"data\":{\"x\":1}}", "cannot (unmarshal|convert)", 1), new("patch cm none -n NS -p {}", "configmaps \"none\" not found", 1),
        new("patch cm one -n NS -p {\"metadata\":{\"name\":\"x\"}}", "does not match the name on the URL", 1),
        new("patch cm one -n NS -p {\"data\":{\"dry\":\"1\"}} --dry-run=server", "patched \\(server dry run\\)|patched"), new("get cm one -n NS -o jsonpath={.data.dry}", "^$"),
    ];

    private static IEnumerable<Step> Labelling =>
    [
        new("label cm one -n NS a=b", "^configmap/one labeled\n$"), new("label cm one -n NS a=c", "'a' already has a value \\(b\\), and --overwrite is false", 1),
        new("label cm one -n NS a=c --overwrite", "labeled"), new("label cm one -n NS --list", "a=c\n"), new("label cm one -n NS a-", "unlabeled"), new("label cm one -n NS a-", "label \"a\" not found"),
        new("label cm one -n NS a=1 --resource-version=1", "the object has been modified; please apply your changes to the latest version", 1),
        new("label cm --all -n NS all=1", "configmap/kube-root-ca.crt labeled\nconfigmap/one labeled"), new("get cm -n NS -l all=1,set!=a -o name", "^configmap/kube-root-ca.crt\n$"),
        new("annotate cm one -n NS x=y", "^configmap/one annotated?\n$"), new("annotate cm one -n NS x=z", "'x' already has a value \\(y\\)", 1),
        new("annotate cm one -n NS x=z --overwrite", "annotate"), new("annotate cm one -n NS x-", "annotate"),
    ];

    private static IEnumerable<Step> Removal =>
    [
        new("delete cm one -n NS --dry-run=server", "configmap \"one\" deleted.*\\(server dry run\\)"), new("delete cm one -n NS -o name", "^configmap/one\n$"),
        new("delete cm one -n NS", "configmaps \"one\" not found", 1), new("delete cm one -n NS --ignore-not-found", "^$"),
        new("delete cm -n NS -l set=none", "No resources found"), new("delete cm --all -n NS", "configmap \"kube-root-ca.crt\" deleted"),
        new("wait cm/kube-root-ca.crt -n NS --for=create --timeout=30s", "condition met") { Since = 31 },
        new("delete ns default", "namespaces \"default\" is forbidden: this namespace may not be deleted", 1), new("delete ns NS", "namespace \"NS\" deleted"),
        new("create cm late -n NS", "namespaces \"NS\" not found", 1),
    ];
}
