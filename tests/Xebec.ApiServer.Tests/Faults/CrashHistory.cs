using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>
/// What clients of a server that crashes again and again were told, and whether it fits together: a write that was acknowledged happened
/// at the revision that was answered, a write whose answer was lost happened whole or not at all, and nothing else happened.
/// </summary>
internal sealed class CrashHistory
{
    private readonly ConcurrentDictionary<long, string> _acknowledged = new();
    private readonly ConcurrentDictionary<string, string> _expected = new();
    private readonly ConcurrentDictionary<string, string> _inDoubt = new();

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Before a write is sent: from here on it may have happened. The content "" is a deletion.</summary>
    public void Begin(string name, string content) => _inDoubt[name] = content;

    /// <summary>A write was answered with the revision it was made at.</summary>
    public void Acknowledge(string name, string content, long revision)
    {
        Assert.True(_acknowledged.TryAdd(revision, Describe(name, content)), $"revision {revision} was given twice");
        Settle(name, content);
    }

    /// <summary>What a name holds now, as a list after a crash shows it; settles a write that was in doubt.</summary>
    public void CheckState(string name, string content, string context)
    {
        var expected = _expected.GetValueOrDefault(name, "");
        var doubt = _inDoubt.GetValueOrDefault(name);
        Assert.True(content == expected || (doubt is not null && content == doubt), $"{context}: {name} holds '{content}', not '{expected}' nor '{doubt}'");
        Settle(name, content);
    }

    /// <summary>Every watcher saw the same events, in order, and every acknowledged write among them.</summary>
    public void CheckEvents(IReadOnlyList<IReadOnlyList<(long Revision, string What)>> watchers, string context)
    {
        var first = watchers[0];
        for (var i = 1; i < first.Count; i++)
            Assert.True(first[i - 1].Revision < first[i].Revision, $"{context}: {first[i]} came after {first[i - 1]}");
        foreach (var other in watchers)
            Assert.True(first.SequenceEqual(other), $"{context}: watchers saw {first.Count} and {other.Count} events, or others");
        var found = first.ToDictionary(seen => seen.Revision, seen => seen.What);
        foreach (var (revision, what) in _acknowledged)
            Assert.True(found.GetValueOrDefault(revision) == what, $"{context}: {what} at {revision} was seen as '{found.GetValueOrDefault(revision)}'");
        CheckTransitions(first, context);
    }

    /// <summary>A deletion was answered: its answer carries no revision.</summary>
    public void AcknowledgeDeletion(string name) => Settle(name, "");

    /// <summary>What a writer believes a name holds; "" is nothing.</summary>
    public string Expected(string name) => _expected.GetValueOrDefault(name, "");

    /// <summary>Whether a write of a name was sent and not answered.</summary>
    public bool IsInDoubt(string name) => _inDoubt.ContainsKey(name);

    /// <summary>A watch event in the words of this history.</summary>
    public static (long Revision, string What) Event(string line)
    {
        var change = (ObjectValue)Value.Parse(Encoding.UTF8.GetBytes(line));
        var item = change.GetObject("object")!;
        Assert.True(change.GetString("type") is "ADDED" or "MODIFIED" or "DELETED", line);
        return (RevisionOf(item), Describe(NameOf(item), change.GetString("type") == "DELETED" ? "" : ContentOf(item)));
    }

    public static string NameOf(ObjectValue item) => item.GetObject("metadata")!.GetString("name")!;

    public static string ContentOf(ObjectValue item) => item.GetObject("data")!.GetString("n")!;

    public static long RevisionOf(ObjectValue item) =>
        long.Parse(item.GetObject("metadata")!.GetString("resourceVersion")!, CultureInfo.InvariantCulture);

    // Each writer counts up, so an event that was skipped leaves a hole.
    private static void CheckTransitions(IReadOnlyList<(long Revision, string What)> events, string context)
    {
        var last = new Dictionary<string, int>();
        foreach (var (revision, what) in events)
        {
            var (name, content) = (what[..what.IndexOf('=')], what[(what.IndexOf('=') + 1)..]);
            var number = content.Length == 0 ? 0 : int.Parse(content, CultureInfo.InvariantCulture);
            var before = last.GetValueOrDefault(name);
            Assert.True(number == 0 ? before > 0 : number == before + 1, $"{context}: {what} at {revision} followed {before}");
            last[name] = number;
        }
    }

    private void Settle(string name, string content)
    {
        _expected[name] = content;
        _inDoubt.TryRemove(name, out _);
    }

    private static string Describe(string name, string content) => $"{name}={content}";
}
