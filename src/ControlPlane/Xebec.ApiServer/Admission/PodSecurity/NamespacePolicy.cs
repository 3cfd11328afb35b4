using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>What a namespace's labels ask of its pods. Immutable.</summary>
/// <param name="Enforce">Pods that violate it are refused.</param>
/// <param name="Audit">Violations are noted in the audit log.</param>
/// <param name="Warn">Violations are shown to the client.</param>
/// <param name="Errors">The labels that can't be understood.</param>
internal sealed record NamespacePolicy(LevelVersion Enforce, LevelVersion Audit, LevelVersion Warn, IReadOnlyList<FieldError> Errors)
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>
    /// Reads the labels. A level to enforce that is not known is the strictest one; a wrong one of the others is none. Who enforces is also
    /// warned, unless something else is said: the objects that make pods are not refused.
    /// </summary>
    public static NamespacePolicy Read(Func<string, string?> label)
    {
        var errors = new List<FieldError>();
        var enforce = Mode("enforce", PodSecurityLevel.Restricted);
        var audit = Mode("audit", PodSecurityLevel.Privileged);
        var warn = Mode("warn", PodSecurityLevel.Privileged);
        var isEnforceGiven = label(Prefix + "enforce") is { } given && LevelVersion.ParseLevel(given) is not null;
        if (isEnforceGiven && label(Prefix + "warn") is null)
            warn = new LevelVersion(enforce.Level, label(Prefix + "warn-version") is null ? enforce.Minor : warn.Minor);
        return new NamespacePolicy(enforce, audit, warn, errors);

        LevelVersion Mode(string mode, PodSecurityLevel otherwise)
        {
            var (level, version) = (label(Prefix + mode), label($"{Prefix}{mode}-version"));
            var (parsedLevel, parsedVersion) = (LevelVersion.ParseLevel(level ?? "privileged"), LevelVersion.ParseVersion(version ?? "latest"));
            if (parsedLevel is null)
                errors.Add(Wrong(mode, level!, "must be one of privileged, baseline, restricted"));
            if (parsedVersion is null)
                errors.Add(Wrong($"{mode}-version", version!, "must be \"latest\" or \"v1.x\""));
            return new LevelVersion(parsedLevel ?? otherwise, parsedVersion ?? LevelVersion.Latest);
        }
    }

    private static FieldError Wrong(string label, string value, string why) =>
        FieldError.Invalid(FieldPath.Root("metadata").Child("labels").Key(Prefix + label), value, why);
}
