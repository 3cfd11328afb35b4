using System.Globalization;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>A Pod Security Standard as it was in a version of Kubernetes.</summary>
/// <param name="Level">The standard.</param>
/// <param name="Minor">The version 1.x; <see cref="Latest"/> for today's.</param>
internal readonly record struct LevelVersion(PodSecurityLevel Level, int Minor)
{
    /// <summary>Later than every version.</summary>
    public const int Latest = int.MaxValue;

    /// <summary>As messages show it: baseline:v1.30.</summary>
    public override string ToString() => $"{Level.ToString().ToLowerInvariant()}:{(Minor == Latest ? "latest" : $"v1.{Minor}")}";

    /// <summary>Reads a level; null when it is none.</summary>
    public static PodSecurityLevel? ParseLevel(string text) => text switch
    {
        "privileged" => PodSecurityLevel.Privileged,
        "baseline" => PodSecurityLevel.Baseline,
        "restricted" => PodSecurityLevel.Restricted,
        _ => null,
    };

    /// <summary>Reads latest or v1.x; null when it is neither.</summary>
    public static int? ParseVersion(string text)
    {
        if (text == "latest")
            return Latest;
        var digits = text.StartsWith("v1.", StringComparison.Ordinal) ? text[3..] : "";
        return digits is "0" or [not '0', ..] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : null;
    }
}
