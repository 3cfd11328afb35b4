using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A class is sealed, static or abstract, unless another class of the project derives from it.</summary>
public static class SealedClasses
{
    public const string Name = "sealed";
    private static readonly SyntaxKind[] Closing = [SyntaxKind.SealedKeyword, SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword];

    public static IEnumerable<Finding> Check(IReadOnlyCollection<SourceFile> files)
    {
        var bases = files.SelectMany(file => file.Unit.DescendantNodes().OfType<BaseTypeSyntax>()).Select(one => one.Type.ToString().Split('<')[0].Split('.')[^1])
            .ToHashSet(StringComparer.Ordinal);
        var closed = files.SelectMany(file => file.TopLevelTypes.OfType<TypeDeclarationSyntax>()).Where(IsClosed).Select(SourceFile.NameOf)
            .ToHashSet(StringComparer.Ordinal);
        return from file in files
               from type in file.TopLevelTypes.OfType<TypeDeclarationSyntax>()
               where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
               let name = SourceFile.NameOf(type)
               where !IsClosed(type) && !bases.Contains(name) && !(type.Modifiers.Any(SyntaxKind.PartialKeyword) && closed.Contains(name))
               select new Finding(Name, file.Path, name, 1, $"class {name} has no derived class: seal it");
    }

    private static bool IsClosed(TypeDeclarationSyntax type) => type.Modifiers.Any(modifier => Closing.Contains((SyntaxKind)modifier.RawKind));
}
