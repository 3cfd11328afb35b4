using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>A kind that comes with a definition: the same verbs, its columns, its scale and its disappearance.</summary>
internal static class CustomSteps
{
    public static IReadOnlyList<Step> All { get; } = [.. Defining, .. Using, .. Ending];

    private static IEnumerable<Step> Defining =>
    [
        new("apply -f -", "customresourcedefinition.apiextensions.k8s.io/widgets.example.com created", Input: Manifests.Definition),
        new("wait crd/widgets.example.com --for=jsonpath={.status.acceptedNames.kind}=Widget --timeout=60s", "condition met"),
        new("wait crd/widgets.example.com --for=condition=Established --timeout=60s", "condition met"), new("get crd", "NAME +CREATED AT\nwidgets.example.com +\\d{4}-"),
        new("describe crd widgets.example.com", "Spec Replicas Path: +.spec.replicas[\\s\\S]*all names accepted|the initial names have been accepted"),
    ];

    private static IEnumerable<Step> Using =>
    [
        new("apply -n NS -f -", "widget.example.com/w created", Input: Manifests.Widget), new("get wd -n NS", "NAME +SIZE +WHEN\nw +3 +\\S+\n"), new("get all -n NS", "widget.example.com/w"),
        new("explain wd.spec", "size\t<integer> -required-"), new("explain wd --recursive", "replicas\t<integer>"),
        new("describe wd w -n NS", "Kind: +Widget[\\s\\S]*Spec:\n +Replicas: +1\n +Size: +3"), new("scale wd w --replicas=4 -n NS", "widget.example.com/w scaled"),
        new("get wd w --subresource=scale -n NS", "NAME +DESIRED +AVAILABLE +AGE\nw +4 +0 "), new("patch wd w -n NS --subresource=status --type=merge -p {\"status\":{\"x\":1},\"spec\":{\"size\":9}}", "patched"),
        new("get wd w -n NS -o 'jsonpath={.status.x} {.spec.size} {.metadata.generation}'", "^1 3 2$"),
        new("patch wd w -n NS -p {}", "application/strategic-merge-patch\\+json is not supported by example.com/v1, Kind=Widget", 1),
        new("patch wd w -n NS --type=merge -p {\"spec\":{\"size\":0}}", "The Widget \"w\" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1", 1),
        new("apply -n NS -f -", "unknown field \"spec.nonsense\"", 1, Manifests.Widget + "  nonsense: 1\n"),
        new("apply -n NS -f - --server-side --field-manager=me", "conflict with \"kubectl.*\" with subresource \"scale\" using example.com/v1: .spec.replicas", 1, Manifests.Widget),
        new("apply -n NS -f - --server-side --field-manager=me --force-conflicts", "serverside-applied", Input: Manifests.Widget), new("diff -n NS -f -", "-  size: 3\n\\+  size: 4", 1, Manifests.Widget.Replace("3", "4")),
        new("label wd w -n NS a=b", "labeled"), new("wait wd/w -n NS --for=jsonpath={.status.x}=1", "condition met"),
    ];

    private static IEnumerable<Step> Ending =>
    [
        new("delete wd --all -n NS", "widget.example.com \"w\" deleted"), new("get wd -n NS", "No resources found"), new("delete crd widgets.example.com --timeout=60s", "deleted"),
        new("get --raw /apis/example.com/v1", "the server could not find the requested resource", 1), new("get crd", "No resources found"),
    ];
}
