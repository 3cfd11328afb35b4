using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>No folder and no type is called Common, Utils, Helpers, Managers or the like: such a name says nothing of what is in it.</summary>
public static class PlainNames
{
    public const string Name = "plain-names";
    private static readonly string[] Folders = ["Common", "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Managers", "Misc"];
    private static readonly string[] Endings = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Managers", "Common"];

    public static IEnumerable<Finding> CheckFolders(string path) =>
        from folder in path.Split('/')[..^1]
        where Folders.Contains(folder.Split('.')[^1], StringComparer.OrdinalIgnoreCase)
        select new Finding(Name, path, folder, 1, $"folder {folder}: name it after what is in it");

    public static IEnumerable<Finding> CheckTypes(SourceFile file) =>
        from name in file.TopLevelTypes.Select(SourceFile.NameOf).Distinct()
        where Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        select new Finding(Name, file.Path, name, 1, $"type {name}: name it after what it does");
}
