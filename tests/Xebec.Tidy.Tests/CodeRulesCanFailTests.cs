using Xebec.Tidy.Tests.Rules;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests;

/// <summary>Each rule about code, on a sample that keeps it and one that breaks it.</summary>
public sealed class CodeRulesCanFailTests
{
    private static readonly ProjectFile Project = ProjectFile.Parse("src/Xebec.Sample/Xebec.Sample.csproj", "<Project/>");

    [Theory]
    [InlineData(300, 0)]
    [InlineData(301, 1)]
    public void FileLengthCounts(int lines, int findings) =>
        Assert.Equal(findings, FileLength.Check(Parse("src/A.cs", Repeat("// x\n", lines))).Count());

    [Theory]
    [InlineData(67, 0)]
    [InlineData(68, 1)]
    public void FunctionLengthCounts(int statements, int findings)
    {
        var body = "{\n" + Repeat("_ = 1;\n", statements) + "}\n";
        Assert.Equal(findings, FunctionLength.Check(Parse("src/A.cs", "class A {\nvoid Long()\n" + body + "}")).Count());
        Assert.Equal(findings, FunctionLength.Check(Parse("src/A.cs", "class A { void B() {\nvoid Long()\n" + body[..^2] + "}\n_ = 1; } }")).Count(one => one.Name == "Long"));
    }

    [Fact]
    public void LineLengthNamesTheLines()
    {
        Assert.Empty(LineLength.Check(Parse("src/A.cs", Repeat("x", 160) + "\n")));
        var finding = Assert.Single(LineLength.Check(Parse("src/A.cs", "short\n" + Repeat("x", 161) + "\n")));
        Assert.Contains("line 2", finding.Message);
    }

    [Theory]
    [InlineData("class A;", 0)]
    [InlineData("class A; file class B;", 0)]
    [InlineData("class A { class Inner; enum E { One } }", 0)]
    [InlineData("class B;", 1)]
    [InlineData("class A; delegate void B();", 1)]
    [InlineData("class A; class A<T>;", 1)]
    public void OneTypePerFileCounts(string text, int findings) => Assert.Equal(findings, OneTypePerFile.Check(Parse("src/A.Part.cs", text)).Count());

    [Theory]
    [InlineData("src/Xebec.Sample/A.cs", "namespace Xebec.Sample;", 0)]
    [InlineData("src/Xebec.Sample/Core/Pods/A.cs", "namespace Xebec.Sample.Core.Pods;", 0)]
    [InlineData("src/Xebec.Sample/Core/A.cs", "namespace Xebec.Sample;", 1)]
    [InlineData("src/Xebec.Sample/A.cs", "namespace Xebec.Sample.Core { }", 1)]
    public void NamespaceIsTheFolder(string path, string text, int findings) =>
        Assert.Equal(findings, NamespaceIsFolder.Check(Parse(path, text), Project).Count());

    [Fact]
    public void PlainNamesRefusesHeaps()
    {
        Assert.Empty(PlainNames.CheckFolders("src/Xebec.ControllerManager/Controllers/A.cs"));
        Assert.Single(PlainNames.CheckFolders("src/Xebec.Common/A.cs"));
        Assert.Single(PlainNames.CheckFolders("src/Xebec.Client/Utils/A.cs"));
        Assert.Empty(PlainNames.CheckTypes(Parse("src/ControllerManager.cs", "class ControllerManager;")));
        Assert.Single(PlainNames.CheckTypes(Parse("src/StringHelper.cs", "class StringHelper;")));
    }

    [Theory]
    [InlineData("// A todo list is fine; so is a fixmeup and ToDoList", 0)]
    [InlineData("// TO" + "DO: later", 1)]
    [InlineData("throw new NotImplemented" + "Exception();", 1)]
    [InlineData("Thread." + "Sleep(1);", 1)]
    [InlineData("[Fact(Sk" + "ip = \"broken\")]", 1)]
    [InlineData("new Page(Skip: 1)", 0)]
    [InlineData("if (a && Skip == 1)", 0)]
    public void BannedWordsAreFound(string text, int findings) => Assert.Equal(findings, BannedWords.Check("src/A.cs", text).Count());

    [Fact]
    public void RegistryHostsAreFound()
    {
        Assert.Empty(RegistryHosts.Check("a", "docker.io is a registry of images"));
        Assert.Single(RegistryHosts.Check("a", "https://api.nuget" + ".org/v3"));
    }

    [Theory]
    [InlineData("/// <summary>What it is.</summary>\npublic sealed class A;", 0)]
    [InlineData("internal sealed class A;", 0)]
    [InlineData("public sealed class A;", 1)]
    [InlineData("/// <summary> </summary>\npublic sealed class A;", 1)]
    [InlineData("/// <remarks>No.</remarks>\npublic enum A { One }", 1)]
    public void PublicTypesNeedSummaries(string text, int findings) => Assert.Equal(findings, PublicSummary.Check(Parse("src/A.cs", text)).Count());

    [Theory]
    [InlineData("sealed class A;", 0)]
    [InlineData("static class A;", 0)]
    [InlineData("readonly record struct A;", 0)]
    [InlineData("class A; sealed class B : A;", 0)]
    [InlineData("class A;", 1)]
    [InlineData("record A;", 1)]
    [InlineData("partial class A; sealed partial class A;", 0)]
    public void ClassesAreClosed(string text, int findings) => Assert.Equal(findings, SealedClasses.Check([Parse("src/A.cs", text)]).Count());

    [Theory]
    [InlineData("[LoggerMessage(1, LogLevel.Debug, \"a\")] void A(); [LoggerMessage(EventId = 2, Message = \"b\")] void B();", 0)]
    [InlineData("[LoggerMessage(1, LogLevel.Debug, \"a\")] void A(); [LoggerMessage(EventId = 1, Message = \"b\")] void B();", 1)]
    [InlineData("[LoggerMessage(LogLevel.Debug, \"a\")] void A();", 1)]
    public void EventIdsAreUnique(string members, int findings) =>
        Assert.Equal(findings, LogEventIds.Check([Parse("src/A.cs", $"class A {{ {members} }}")]).Count());

    private static SourceFile Parse(string path, string text) => SourceFile.Parse(path, text);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
