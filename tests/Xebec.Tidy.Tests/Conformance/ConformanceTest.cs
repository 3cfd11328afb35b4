using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Conformance;

/// <summary>A test that says it covers an entry.</summary>
/// <param name="Entry">What the attribute names.</param>
/// <param name="Path">The test's file, relative to the repository.</param>
/// <param name="Name">Class and method.</param>
/// <param name="IsTest">Whether the method is run: it is a fact or a theory.</param>
public sealed record ConformanceTest(string Entry, string Path, string Name, bool IsTest)
{
    private const string Attribute = "Conformance";

    /// <summary>What the methods of a file say.</summary>
    public static IEnumerable<ConformanceTest> In(SourceFile file) =>
        from method in file.Unit.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let attributes = method.AttributeLists.SelectMany(list => list.Attributes).ToList()
        from attribute in attributes
        where attribute.Name.ToString() == Attribute
        let entry = (attribute.ArgumentList?.Arguments[0].Expression as LiteralExpressionSyntax)?.Token.ValueText ?? ""
        let type = method.Parent as TypeDeclarationSyntax
        select new ConformanceTest(
            entry, file.Path, $"{type?.Identifier.ValueText}.{method.Identifier.ValueText}", attributes.Any(one => one.Name.ToString() is "Fact" or "Theory"));
}
