using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A public type says in a summary what it is. (For members the compiler asks, CS1591.)</summary>
public static class PublicSummary
{
    public const string Name = "summary";

    public static IEnumerable<Finding> Check(SourceFile file) =>
        from type in file.TopLevelTypes
        where type.Modifiers.Any(SyntaxKind.PublicKeyword) && !HasSummary(type)
        let name = SourceFile.NameOf(type)
        group type by name into same
        where same.All(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)) || same.Key == Path.GetFileNameWithoutExtension(file.Path)
        select new Finding(Name, file.Path, same.Key, 1, $"{same.Key} is public and has no summary");

    private static bool HasSummary(MemberDeclarationSyntax type) =>
        type.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(comment => comment.DescendantNodes().OfType<XmlElementSyntax>())
            .Any(element => element.StartTag.Name.ToString() == "summary" && element.Content.ToString().Trim(' ', '/', '\r', '\n').Length > 0);
}
