using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Admission.PodSecurity.PodSecurityChecks;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>The checks that the restricted standard adds. Windows pods are excused from those about Linux.</summary>
internal static class RestrictedChecks
{
    private static readonly string[] AllowedVolumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

    public static void AllowPrivilegeEscalation(ObjectValue pod, int minor, List<string> found)
    {
        var names = NamesOf(pod, c => Context(c)["allowPrivilegeEscalation"]?.AsBool() != false);
        if (names.Count > 0 && !IsExcused(pod, minor))
            found.Add($"allowPrivilegeEscalation != false ({Containers(names)} must set securityContext.allowPrivilegeEscalation=false)");
    }

    public static void Capabilities(ObjectValue pod, int minor, List<string> found)
    {
        if (IsExcused(pod, minor))
            return;
        var problems = new List<string>();
        var keeping = NamesOf(pod, c => Context(c).GetObject("capabilities")?.GetList("drop")?.Any(d => d.AsString() == "ALL") != true);
        if (keeping.Count > 0)
            problems.Add($"{Containers(keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        var adding = NamesOf(pod, c => BaselineChecks.Added(c).Any(a => a != "NET_BIND_SERVICE"));
        if (adding.Count > 0)
        {
            var added = PodContainers.AllOf(pod).SelectMany(BaselineChecks.Added).Where(a => a != "NET_BIND_SERVICE").Distinct().Order(StringComparer.Ordinal);
            problems.Add($"{Containers(adding)} must not include {Quoted(added)} in securityContext.capabilities.add");
        }

        if (problems.Count > 0)
            found.Add($"unrestricted capabilities ({string.Join("; ", problems)})");
    }

    public static void Volumes(ObjectValue pod, List<string> found)
    {
        var bad = (pod.GetObject("spec")?.GetList("volumes") ?? []).OfType<ObjectValue>()
            .Select(v => (Name: v.GetString("name") ?? "", Type: v.Where(m => m.Key != "name").Select(m => m.Key).FirstOrDefault() ?? "unknown"))
            .Where(v => !AllowedVolumes.Contains(v.Type)).ToArray();
        if (bad.Length == 0)
            return;
        var types = bad.Select(v => v.Type).Distinct().Order(StringComparer.Ordinal).ToArray();
        var (volumes, use) = bad.Length == 1 ? ("volume", "uses") : ("volumes", "use");
        var what = types.Length == 1 ? "restricted volume type" : "restricted volume types";
        found.Add($"restricted volume types ({volumes} {Quoted(bad.Select(v => v.Name))} {use} {what} {Quoted(types)})");
    }

    public static void RunAsNonRoot(ObjectValue pod, List<string> found)
    {
        var ofPod = Context(pod.GetObject("spec"))["runAsNonRoot"]?.AsBool();
        var refusing = NamesOf(pod, c => Context(c)["runAsNonRoot"]?.AsBool() == false);
        var silent = NamesOf(pod, c => Context(c)["runAsNonRoot"]?.AsBool() is null);
        var setters = new List<string>();
        if (ofPod == false)
            setters.Add("pod");
        if (refusing.Count > 0)
            setters.Add(Containers(refusing));
        if (setters.Count > 0)
            found.Add($"runAsNonRoot != true ({string.Join(" and ", setters)} must not set securityContext.runAsNonRoot=false)");
        else if (ofPod is null && silent.Count > 0)
            found.Add($"runAsNonRoot != true (pod or {Containers(silent)} must set securityContext.runAsNonRoot=true)");
    }

    public static void RunAsUser(ObjectValue pod, List<string> found)
    {
        var setters = new List<string>();
        if (Context(pod.GetObject("spec"))["runAsUser"]?.AsInt64() == 0)
            setters.Add("pod");
        var names = NamesOf(pod, c => Context(c)["runAsUser"]?.AsInt64() == 0);
        if (names.Count > 0)
            setters.Add(Containers(names));
        if (setters.Count > 0)
            found.Add($"runAsUser=0 ({string.Join(" and ", setters)} must not set runAsUser=0)");
    }

    public static void Seccomp(ObjectValue pod, int minor, List<string> found)
    {
        if (IsExcused(pod, minor))
            return;
        var ofPod = TypeOf(Context(pod.GetObject("spec")));
        var bad = NamesOf(pod, c => TypeOf(Context(c)) is { } type && !IsGood(type));
        var silent = NamesOf(pod, c => TypeOf(Context(c)) is null);
        var setters = new List<string>();
        if (ofPod is not null && !IsGood(ofPod))
            setters.Add("pod");
        if (bad.Count > 0)
            setters.Add(Containers(bad));
        if (setters.Count > 0)
            found.Add($"seccompProfile ({string.Join(" and ", setters)} must not set securityContext.seccompProfile.type to \"Unconfined\")");
        else if (ofPod is null && silent.Count > 0)
            found.Add($"seccompProfile (pod or {Containers(silent)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");

        static string? TypeOf(ObjectValue context) => context.GetObject("seccompProfile")?.GetString("type");
        static bool IsGood(string type) => type is "RuntimeDefault" or "Localhost";
    }

    // Since 1.25 pods say for which system they are.
    private static bool IsExcused(ObjectValue pod, int minor) => minor >= 25 && pod.GetObject("spec")?.GetObject("os")?.GetString("name") == "windows";
}
