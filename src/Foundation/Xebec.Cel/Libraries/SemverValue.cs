using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>A semantic version as a value.</summary>
internal sealed class SemverValue(SemanticVersion version) : CelOpaque(LibraryTypes.Semver)
{
    public SemanticVersion Version { get; } = version;

    internal override bool EqualTo(CelValue other) => other is SemverValue theirs && theirs.Version.CompareTo(Version) == 0;
}
