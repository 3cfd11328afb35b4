using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>auth, impersonation and certificates.</summary>
internal static class AccessSteps
{
    public static IReadOnlyList<Step> All { get; } = [.. Asking, .. Impersonating, .. Granting, .. Certificates];

    private static IEnumerable<Step> Asking =>
    [
        new("auth can-i create pods -n NS", "^yes\n$"), new("auth can-i create pods -n NS --as=jane", "^no\n$", 1), new("auth can-i '*' '*'", "yes"),
        new("auth can-i get pods --subresource=log -n NS", "yes"), new("auth can-i get /metrics --as=jane", "no", 1), new("auth can-i frob pods -n NS", "verb 'frob' is not a known verb"),
        new("auth can-i get nonsense -n NS", "the server doesn't have a resource type 'nonsense'"), new("auth can-i --list -n NS", "^Resources +Non-Resource URLs +Resource Names +Verbs\n\\*\\.\\* +\\[\\] +\\[\\] +\\[\\*\\]"),
        new("auth can-i --list -n NS --as=jane", "selfsubjectreviews.authentication.k8s.io +\\[\\] +\\[\\] +\\[create\\]"),
        new("auth whoami", "^ATTRIBUTE +VALUE\nUsername +kubernetes-admin\nGroups +\\[system:masters system:authenticated\\]\n") { Since = 28 },
    ];

    private static IEnumerable<Step> Impersonating =>
    [
        new("get pods -n NS --as=jane", "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"NS\"", 1),
        new("get nodes --as=jane", "nodes is forbidden: User \"jane\" cannot list resource \"nodes\" in API group \"\" at the cluster scope", 1),
        new("get pods -n NS --as=jane --as-group=system:masters", "No resources found"),
        new("auth whoami --as=jane --as-group=a --as-group=b --as-uid=7 -o 'jsonpath={.status.userInfo}'", "\"groups\":\\[\"a\",\"b\",\"system:authenticated\"\\],\"uid\":\"7\",\"username\":\"jane\"") { Since = 28 },
        new("auth whoami --as=system:serviceaccount:NS:default -o 'jsonpath={.status.userInfo.groups}'", "\\[\"system:serviceaccounts\",\"system:serviceaccounts:NS\",\"system:authenticated\"\\]") { Since = 28 },
        new("get pods -n NS --as=jane --as-group=x --token=none", "Unauthorized|must be logged in|forbidden", 1),
    ];

    private static IEnumerable<Step> Granting =>
    [
        new("auth reconcile -f -", "role.rbac.authorization.k8s.io/reader reconciled\n[\\s\\S]*rolebinding.rbac.authorization.k8s.io/reader reconciled", Input: Manifests.Reader),
        new("auth reconcile -f -", "reconciled", Input: Manifests.Reader), new("auth can-i list configmaps -n story --as=jane", "yes"), new("get cm -n NS --as=jane", "kube-root-ca.crt"),
        new("create role more -n NS --verb=get --resource=secrets --as=jane", "cannot create resource \"roles\"", 1),
        new("create rolebinding escalation -n NS --clusterrole=admin --user=eve --as=eve", "cannot create resource \"rolebindings\"", 1),
        new("create clusterrole granter --verb=create,get --resource=roles.rbac.authorization.k8s.io", "created"), new("create rolebinding granter -n NS --clusterrole=granter --user=eve", "created"),
        new("create role more -n NS --verb=get --resource=secrets --as=eve", "is attempting to grant RBAC permissions not currently held:\n\\{APIGroups:\\[\"\"\\], Resources:\\[\"secrets\"\\], Verbs:\\[\"get\"\\]\\}", 1),
    ];

    private static IEnumerable<Step> Certificates =>
    [
        new("create -f -", "certificatesigningrequest.certificates.k8s.io/jane created", Input: Manifests.SigningRequest()),
        new("get csr", "NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION\njane +\\S+ +example.com/mine +kubernetes-admin +<none> +Pending"),
        new("describe csr jane", "Common Name: +jane"), new("certificate approve jane", "jane approved"), new("get csr jane", " Approved"),
        new("certificate deny jane", "certificate signing request \"jane\" is already Approved", 1), new("certificate deny none", "\"none\" not found", 1), new("delete csr jane", "deleted"),
    ];
}
