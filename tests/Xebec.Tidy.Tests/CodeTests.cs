using Xebec.Tidy.Tests.Rules;

namespace Xebec.Tidy.Tests;

/// <summary>What holds for every C# file.</summary>
public sealed class CodeTests
{
    private const string BannedSymbols = "eng/BannedSymbols.txt";

    [Fact]
    public void FilesAreShort() => Allowed.Check(FileLength.Name, Repository.Sources.SelectMany(FileLength.Check));

    [Fact]
    public void FunctionsAreShort() => Allowed.Check(FunctionLength.Name, Repository.Sources.SelectMany(FunctionLength.Check));

    [Fact]
    public void LinesAreShort() => Allowed.Check(LineLength.Name, Repository.SourcesBelow("src").SelectMany(LineLength.Check));

    [Fact]
    public void FilesHoldOneTypeOfTheirName() => Allowed.Check(OneTypePerFile.Name, Repository.Sources.SelectMany(OneTypePerFile.Check));

    [Fact]
    public void ClassesAreSealed() => Allowed.Check(SealedClasses.Name, SealedClasses.Check([.. Repository.SourcesBelow("src")]));

    [Fact]
    public void PublicTypesHaveSummaries() => Allowed.Check(PublicSummary.Name, Repository.SourcesBelow("src").SelectMany(PublicSummary.Check));

    [Fact]
    public void NamesSayWhatThingsAre() => Allowed.Check(
        PlainNames.Name, Repository.Files.SelectMany(PlainNames.CheckFolders).Concat(Repository.Sources.SelectMany(PlainNames.CheckTypes)));

    [Fact]
    public void NothingIsLeftForLater() => Allowed.Check(
        BannedWords.Name,
        Repository.Matching(".cs").Concat(Repository.Matching(".sh")).Concat(Repository.Files.Where(path => path.StartsWith("eng/", StringComparison.Ordinal) && path != BannedSymbols))
            .Distinct().SelectMany(path => BannedWords.Check(path, Repository.Read(path))));

    [Fact]
    public void NoPackageRegistryIsNamed() => Allowed.Check(
        RegistryHosts.Name, Repository.Files.SelectMany(path => RegistryHosts.Check(path, Repository.Read(path))));
}
