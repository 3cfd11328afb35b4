namespace Xebec.Client.Informers;

/// <summary>
/// Gives equal texts one instance, for texts that many objects have in common (namespaces). It remembers a fixed number of them, so it
/// never grows; one that is forgotten merely is in memory twice. Used by one thread at a time.
/// </summary>
internal sealed class SharedTexts
{
    private const int Slots = 64;
    private readonly string[] _known = new string[Slots];

    public string Share(string text)
    {
        ref var slot = ref _known[(uint)string.GetHashCode(text, StringComparison.Ordinal) % Slots];
        if (slot != text)
            slot = text;
        return slot;
    }
}
