using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// The Warning headers of one response (RFC 7234, code 299), as clients print them: each text once, none that no header can hold, and
/// no more than fit (k8s.io/apiserver/pkg/endpoints/filters/warning.go).
/// </summary>
internal sealed class WarningRecorder(IHeaderDictionary headers)
{
    // When all together are longer, each is cut.
    private const int MaximumRunes = 4096;
    private const int MaximumRunesWhenCut = 256;
    private readonly List<string> _texts = [];
    private int _written;
    private bool _cuts;

    /// <summary>Adds a warning; calls at once do not meet.</summary>
    public void Add(string text)
    {
        lock (_texts)
        {
            if (text.Length == 0 || (_cuts && _written >= MaximumRunes) || _texts.Contains(text))
                return;
            _texts.Add(text);
            if (_cuts || _written + Runes(text) <= MaximumRunes)
                Write(text);
            else
                CutAll();
        }
    }

    private void CutAll()
    {
        (_cuts, _written) = (true, 0);
        headers.Remove("Warning");
        foreach (var text in _texts)
            Write(text);
    }

    private void Write(string text)
    {
        if (HasControlCharacters(text))
            return;
        var shown = _cuts ? Cut(text) : text;
        _written += Runes(shown);
        var quoted = shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        headers.Append("Warning", $"299 - \"{quoted}\"");
    }

    private static bool HasControlCharacters(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
                return true;
        }

        return false;
    }

    private static int Runes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private static string Cut(string text)
    {
        var (count, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (++count > MaximumRunesWhenCut)
                return text[..length];
            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
