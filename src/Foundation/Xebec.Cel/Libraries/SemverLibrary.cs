using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' semantic versions, version 1 of the library (with normalization).</summary>
internal static class SemverLibrary
{
    public static void AddTo(FunctionTable table)
    {
        var (text, type) = (CelType.String, LibraryTypes.Semver);
        table.Function("semver", "string_to_semver", text, type, v => Parse(v, false));
        table.Function("semver", "string_bool_to_semver", text, CelType.Bool, type, (v, n) => Parse(v, ((CelBool)n).Flag));
        table.Function("isSemver", "is_semver_string", text, CelType.Bool, v => CelBool.Of(Parse(v, false) is SemverValue));
        table.Function("isSemver", "is_semver_string_bool", text, CelType.Bool, CelType.Bool, (v, n) =>
            CelBool.Of(Parse(v, ((CelBool)n).Flag) is SemverValue));
        table.Method("isGreaterThan", "semver_is_greater_than", type, type, CelType.Bool, (l, r) => CelBool.Of(Compare(l, r) > 0));
        table.Method("isLessThan", "semver_is_less_than", type, type, CelType.Bool, (l, r) => CelBool.Of(Compare(l, r) < 0));
        table.Method("compareTo", "semver_compare_to", type, type, CelType.Int, (l, r) => CelInt.Of(Compare(l, r)));
        table.Method("major", "semver_major", type, CelType.Int, v => CelInt.Of((long)Of(v).Major));
        table.Method("minor", "semver_minor", type, CelType.Int, v => CelInt.Of((long)Of(v).Minor));
        table.Method("patch", "semver_patch", type, CelType.Int, v => CelInt.Of((long)Of(v).Patch));
    }

    private static SemanticVersion Of(CelValue value) => ((SemverValue)value).Version;

    private static int Compare(CelValue left, CelValue right) => Of(left).CompareTo(Of(right));

    private static CelValue Parse(CelValue value, bool normalize) =>
        SemanticVersion.Parse(Text.Of(value), normalize, out var why) is { } version ? new SemverValue(version) : new CelError(why!);
}
