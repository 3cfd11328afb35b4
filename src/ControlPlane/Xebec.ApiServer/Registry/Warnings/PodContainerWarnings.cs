using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>The containers of a pod: old annotations, parts of bytes, and variables that hide others.</summary>
internal static class PodContainerWarnings
{
    private const string PodSeccomp = "seccomp.security.alpha.kubernetes.io/pod";
    private const string ContainerSeccomp = "container.seccomp.security.alpha.kubernetes.io/";
    private const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";
    private const string UseSeccomp = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    private const string UseAppArmor = "deprecated since v1.30; use the \"appArmorProfile\" field instead";

    private static readonly string[] Kinds = ["initContainers", "containers", "ephemeralContainers"];

    public static void Report(
        ObjectValue spec, ObjectValue annotations, FieldPath specPath, FieldPath metaPath, bool isTemplate, Action<string> warn)
    {
        var security = spec.GetObject("securityContext");
        if (annotations.ContainsKey(PodSeccomp) && security?.GetObject("seccompProfile") is null)
            warn($"{metaPath.Key(PodSeccomp)}: {UseSeccomp}");
        foreach (var (container, path) in All(spec, specPath))
        {
            var (name, own) = (container.GetString("name") ?? "", container.GetObject("securityContext"));
            if (annotations.ContainsKey(ContainerSeccomp + name) && own?.GetObject("seccompProfile") is null)
                warn($"{metaPath.Key(ContainerSeccomp + name)}: {UseSeccomp}");
            var hasAppArmor = (security?.GetObject("appArmorProfile") ?? own?.GetObject("appArmorProfile")) is not null;
            if (isTemplate && !hasAppArmor && annotations.ContainsKey(AppArmor + name))
                warn($"{metaPath.Key(AppArmor + name)}: {UseAppArmor}");
            ReportBytes(container.GetObject("resources"), path.Child("resources"), warn);
            ReportHidden(container.GetList("env") ?? [], path.Child("env"), warn);
        }
    }

    /// <summary>Every container of a pod with its path, init containers first.</summary>
    public static IEnumerable<(ObjectValue Container, FieldPath Path)> All(ObjectValue spec, FieldPath specPath)
    {
        foreach (var kind in Kinds)
        {
            var containers = spec.GetList(kind) ?? [];
            for (var i = 0; i < containers.Count; i++)
            {
                if (containers[i] is ObjectValue container)
                    yield return (container, specPath.Child(kind).Index(i));
            }
        }
    }

    private static void ReportBytes(ObjectValue? resources, FieldPath path, Action<string> warn)
    {
        foreach (var resource in new[] { "memory", "ephemeral-storage" })
        {
            foreach (var list in new[] { "limits", "requests" })
                VolumeWarnings.ReportBytes(resources?.GetObject(list), resource, path.Child(list), warn);
        }
    }

    // A later variable may build on an earlier one of its name: X=a, then X=$(X)b.
    private static void ReportHidden(ListValue variables, FieldPath path, Action<string> warn)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i].AsObject() ?? [];
            var (name, value) = (variable.GetString("name") ?? "", variable.GetString("value") ?? "");
            if (seen.Add(name))
                continue;
            var reference = $"$({name})";
            if (variable.GetObject("valueFrom") is not null || value == reference || !value.Contains(reference, StringComparison.Ordinal))
                warn($"{path.Index(i)}: hides previous definition of {GoText.Quote(name)}, which may be dropped when using apply");
        }
    }
}
