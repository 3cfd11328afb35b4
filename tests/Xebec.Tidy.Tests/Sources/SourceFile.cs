using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Xebec.Tidy.Tests.Sources;

/// <summary>A C# file and its syntax tree.</summary>
public sealed class SourceFile
{
    private static readonly CSharpParseOptions Options =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithDocumentationMode(DocumentationMode.Parse);

    private SourceFile(string path, string text, CompilationUnitSyntax unit) => (Path, Lines, Unit) = (path, text.Split('\n'), unit);

    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    public CompilationUnitSyntax Unit { get; }

    public int LineCount => Lines[^1].Length == 0 ? Lines.Length - 1 : Lines.Length;

    /// <summary>The file's name up to its first dot or brace (Foo.Part.cs, Foo{T}.cs): the type that it is for.</summary>
    public string TypeName => System.IO.Path.GetFileName(Path).Split('.', '{')[0];

    /// <summary>Types that are in no other type.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes =>
        Unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static SourceFile Parse(string path, string text) =>
        new(path, text, ((CSharpSyntaxTree)CSharpSyntaxTree.ParseText(text, Options)).GetCompilationUnitRoot());

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.ValueText,
        DelegateDeclarationSyntax declared => declared.Identifier.ValueText,
        _ => throw new ArgumentException($"{type.Kind()} is no type", nameof(type)),
    };

    /// <summary>The 1-based first and last line of a node, without its comments and attributes' trivia.</summary>
    public static (int First, int Last) LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return (span.StartLinePosition.Line + 1, span.EndLinePosition.Line + 1);
    }
}
