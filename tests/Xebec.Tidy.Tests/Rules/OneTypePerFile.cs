using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A file has one top-level type, and its name. Foo.Part.cs is a part of Foo, Foo.cs may hold Foo{T}; a file-local type is free.</summary>
public static class OneTypePerFile
{
    public const string Name = "one-type";

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        var names = file.TopLevelTypes.Where(type => !type.Modifiers.Any(SyntaxKind.FileKeyword)).Select(SourceFile.NameOf).ToList();
        var others = names.Where(name => name != file.TypeName).Distinct().ToList();
        foreach (var other in others)
            yield return new Finding(Name, file.Path, other, 1, $"holds {other}: give it a file of its own, named after it");
        if (others.Count == 0 && names.Count > 1)
            yield return new Finding(Name, file.Path, "-", names.Count, $"holds {names.Count} types of one name: a generic variant goes to {file.TypeName}{{T}}.cs");
    }
}
