using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Remembers verdicts for the pod signatures used last.</summary>
internal sealed class VerdictCache(Profile profile)
{
    private const int MostSignatures = 16;
    private readonly LinkedList<(string Signature, NodeVerdicts Verdicts)> _recent = [];

    public NodeVerdicts For(string signature, int nodes)
    {
        var found = _recent.First;
        while (found is not null && found.Value.Signature != signature)
            found = found.Next;
        if (found is null)
            found = new LinkedListNode<(string, NodeVerdicts)>((signature, new NodeVerdicts(profile)));
        else
            _recent.Remove(found);
        if (_recent.Count == MostSignatures)
            _recent.RemoveLast();
        _recent.AddFirst(found);
        found.Value.Verdicts.Resize(nodes);
        return found.Value.Verdicts;
    }
}
