using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A function (method, constructor, operator, accessor, local function) has at most 70 lines.</summary>
public static class FunctionLength
{
    public const string Name = "function-length";
    public const int MaxLines = 70;

    public static IEnumerable<Finding> Check(SourceFile file) =>
        from node in file.Unit.DescendantNodes()
        where IsFunction(node)
        let lines = SourceFile.LinesOf(node)
        let length = lines.Last - lines.First + 1
        where length > MaxLines
        group (Length: length, Line: lines.First) by NameOf(node) into same
        let longest = same.MaxBy(one => one.Length)
        select new Finding(Name, file.Path, same.Key, longest.Length, $"line {longest.Line}: {same.Key} has {longest.Length} lines, at most {MaxLines}: split it");

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
        _ => node.GetType().Name.Replace("DeclarationSyntax", "", StringComparison.Ordinal),
    };
}
