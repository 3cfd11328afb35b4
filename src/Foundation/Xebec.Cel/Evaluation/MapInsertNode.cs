using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>
/// Adds an entry, or the entries of a map, to the map that transformMap accumulates; it grows in place, which nobody can see.
/// </summary>
internal sealed class MapInsertNode(Node map, Node keyOrEntries, Node? value) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var target = map.Evaluate(frame);
        var key = keyOrEntries.Evaluate(frame);
        var added = value?.Evaluate(frame);
        frame.Charge(1);
        if (target is not CelEntriesMap entries || key.IsError || added is { IsError: true })
            return target is not CelEntriesMap ? target : key.IsError ? key : added!;
        if (added is not null)
            return entries.Add(key, added) ?? (CelValue)entries;
        if (key is not CelMap more)
            return CelError.NoSuchOverload;
        foreach (var name in more.Keys)
        {
            if (entries.Add(name, more.At(name)) is { } error)
                return error;
        }

        return entries;
    }
}
