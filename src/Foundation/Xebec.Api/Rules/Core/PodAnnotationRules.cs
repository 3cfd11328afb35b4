using System.Globalization;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Annotations that mean something to the platform: mirror pods, deletion cost, and the old form of security profiles.</summary>
internal static class PodAnnotationRules
{
    private const string Mirror = "kubernetes.io/config.mirror";
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";
    private const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";
    private const string Seccomp = "seccomp.security.alpha.kubernetes.io/pod";
    private const string ContainerSeccomp = "container.seccomp.security.alpha.kubernetes.io/";

    /// <summary>A pod that stands for one that its node runs by itself.</summary>
    public static bool IsMirror(ObjectValue pod) => pod.GetObject("metadata")?.GetObject("annotations")?.ContainsKey(Mirror) == true;

    /// <summary>The walk stands on the metadata (or on the template).</summary>
    public static void Check(ObjectValue owner, ObjectValue spec, CheckContext context)
    {
        foreach (var (key, value) in owner.GetObject("metadata")?.GetObject("annotations") ?? [])
        {
            var text = value.AsString() ?? "";
            if (key == Mirror && spec["nodeName"].IsZero())
                Add(key, text, "must set spec.nodeName if mirror pod annotation is set", context);
            else if (key == DeletionCost && !IsCost(text))
                Add(key, text, "must be a 32bit integer", context);
            else if (key == Seccomp || key.StartsWith(ContainerSeccomp, StringComparison.Ordinal))
                CheckSeccomp(key, text, context);
            else if (key.StartsWith(AppArmor, StringComparison.Ordinal))
                CheckAppArmor(key, text, spec, context);
        }
    }

    /// <summary>Annotations that may neither come, go nor change. The walk stands on the metadata.</summary>
    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (now, before) = (updated.GetObject("metadata")?.GetObject("annotations") ?? [], stored.GetObject("metadata")?.GetObject("annotations") ?? []);
        foreach (var (key, value) in before)
        {
            if (Kind(key) is { } kind && !value.DeepEquals(now[key]))
                context.Add(FieldError.Forbidden(context.At("annotations").Key(key), $"may not remove or update {kind}"));
        }

        foreach (var (key, _) in now)
        {
            if (Kind(key) is { } kind && !before.ContainsKey(key))
                context.Add(FieldError.Forbidden(context.At("annotations").Key(key), $"may not add {kind}"));
        }
    }

    /// <summary>A profile given both ways is the same one. The walk stands on the spec.</summary>
    public static void CheckMatch(ObjectValue owner, ObjectValue spec, CheckContext context)
    {
        if (owner.GetObject("metadata")?.GetObject("annotations") is not { Count: > 0 } annotations)
            return;
        var pod = spec.GetObject("securityContext");
        ProfileMatch.CheckSeccomp(annotations.GetString(Seccomp), pod?.GetObject("seccompProfile"), context);
        var windows = spec.GetObject("os")?.GetString("name") == "windows";
        PodContainerRules.Visit(spec, context, (container, at) =>
        {
            var (name, own) = (container.GetString("name"), container.GetObject("securityContext"));
            ProfileMatch.CheckSeccomp(annotations.GetString(ContainerSeccomp + name), own?.GetObject("seccompProfile"), at);
            if (!windows)
                ProfileMatch.CheckAppArmor(annotations.GetString(AppArmor + name), own?.GetObject("appArmorProfile") ?? pod?.GetObject("appArmorProfile"), at);
        });
    }

    private static string? Kind(string key) => key == Mirror ? "mirror pod annotation"
        : key.StartsWith(AppArmor, StringComparison.Ordinal) ? "AppArmor annotations"
        : null;

    // As strconv.ParseInt, but without a plus sign and leading zeros.
    private static bool IsCost(string text) =>
        text.Length > 0 && text[0] is not '+' && (text.Length == 1 || text[0] != '0')
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static void CheckSeccomp(string key, string profile, CheckContext context)
    {
        if (profile is "runtime/default" or "docker/default" or "unconfined")
            return;
        var path = context.At("annotations").Child(key);
        if (profile.StartsWith("localhost/", StringComparison.Ordinal))
            context.AddInvalid(path, profile["localhost/".Length..], PathRules.Relative(profile["localhost/".Length..]));
        else
            context.AddInvalid(path, profile, ["must be a valid seccomp profile"]);
    }

    private static void CheckAppArmor(string key, string profile, ObjectValue spec, CheckContext context)
    {
        var name = key[AppArmor.Length..];
        var found = false;
        foreach (var list in new[] { "initContainers", "containers", "ephemeralContainers" })
            found |= spec.GetList(list)?.Any(c => c.AsObject()?.GetString("name") == name) == true;
        if (!found)
            Add(key, name, "container not found", context);
        if (profile is not ("" or "runtime/default" or "unconfined") && !profile.StartsWith("localhost/", StringComparison.Ordinal))
            Add(key, profile, $"invalid AppArmor profile name: {GoText.Quote(profile)}", context);
    }

    private static void Add(string key, string shown, string message, CheckContext context) =>
        context.AddInvalid(context.At("annotations").Key(key), shown, [message]);
}
