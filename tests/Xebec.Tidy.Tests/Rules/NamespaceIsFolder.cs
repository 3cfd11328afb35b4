using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>The namespace of a file is its project's name and the folders below it; tests may share that of what they test.</summary>
public static class NamespaceIsFolder
{
    public const string Name = "namespace";
    private const string TestsSuffix = ".Tests";

    public static IEnumerable<Finding> Check(SourceFile file, ProjectFile project)
    {
        var below = Path.GetDirectoryName(file.Path)!.Replace('\\', '/')[project.Folder.Length..].Replace('/', '.');
        var tested = project.Name.EndsWith(TestsSuffix, StringComparison.Ordinal) ? project.Name[..^TestsSuffix.Length] : project.Name;
        foreach (var one in file.Unit.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
            if (one.Name.ToString() is var stated && stated != project.Name + below && stated != tested + below)
                yield return new Finding(Name, file.Path, "-", 1, $"namespace {stated}: its folder says {project.Name}{below}");
    }
}
