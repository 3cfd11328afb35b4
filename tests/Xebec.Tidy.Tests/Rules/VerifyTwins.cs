namespace Xebec.Tidy.Tests.Rules;

/// <summary>Each script eng/update-X that writes committed files has a twin eng/verify-X that fails when they are out of date.</summary>
public static class VerifyTwins
{
    public const string Name = "verify-twins";
    private const string Update = "eng/update-";
    private const string Verify = "eng/verify-";

    public static IEnumerable<Finding> Check(IReadOnlyCollection<string> paths) =>
        from path in paths
        where path.StartsWith(Update, StringComparison.Ordinal) || path.StartsWith(Verify, StringComparison.Ordinal)
        let twin = path.StartsWith(Update, StringComparison.Ordinal) ? Verify + path[Update.Length..] : Update + path[Verify.Length..]
        where !paths.Contains(twin)
        select new Finding(Name, path, "-", 1, $"there is no {twin}");
}
