using CsCheck;
using Xebec.Host.Cli;

namespace Xebec.Host.Tests.Cli;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("up", "up", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("pruge", "purge", 1)]
    [InlineData("", "abc", 3)]
    public void DistanceCountsEdits(string left, string right, int distance) =>
        Assert.Equal(distance, Suggestion.Distance(left, right));

    [Fact]
    public void DistanceIsSymmetricAndAtMostTheLongerLength() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample((left, right) =>
            Suggestion.Distance(left, right) == Suggestion.Distance(right, left)
            && Suggestion.Distance(left, right) <= Math.Max(left.Length, right.Length)
            && Suggestion.Distance(left, left) == 0);
}
