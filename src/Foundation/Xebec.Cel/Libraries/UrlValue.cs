using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>A parsed URL.</summary>
internal sealed class UrlValue(RequestUrl url) : CelOpaque(LibraryTypes.Url)
{
    public RequestUrl Url { get; } = url;

    internal override bool EqualTo(CelValue other) => other is UrlValue theirs && theirs.Url == Url;
}
