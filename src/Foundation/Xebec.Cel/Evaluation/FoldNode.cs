using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A comprehension: every item of a range is folded into an accumulator, for as long as a condition holds.</summary>
internal sealed class FoldNode : Node
{
    public required Node Range { get; init; }

    public required int Variable { get; init; }

    /// <summary>The slot of the second variable; negative when there is none.</summary>
    public required int SecondVariable { get; init; }

    public required int Accumulator { get; init; }

    /// <summary>The first accumulator; null for a list that grows in place.</summary>
    public required Node? Initial { get; init; }

    public required Node Condition { get; init; }

    public required Node Step { get; init; }

    public required Node Result { get; init; }

    public override CelValue Evaluate(Frame frame)
    {
        var range = Range.Evaluate(frame);
        frame[Accumulator] = Initial?.Evaluate(frame) ?? new CelListBuilder();
        switch (range)
        {
            case CelList list:
                FoldList(frame, list);
                break;
            case CelMap map:
                FoldMap(frame, map);
                break;
            default:
                return range.IsError ? range : new CelError($"got '{range.Type.Name}', expected iterable type");
        }

        var result = Result.Evaluate(frame);
        return result is CelListBuilder grown ? grown.Freeze() : result;
    }

    private void FoldList(Frame frame, CelList list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (SecondVariable >= 0)
            {
                frame[Variable] = CelInt.Of(i);
                frame[SecondVariable] = list[i];
            }
            else
            {
                frame[Variable] = list[i];
            }

            if (!Advance(frame))
                return;
        }
    }

    private void FoldMap(Frame frame, CelMap map)
    {
        foreach (var key in map.Keys)
        {
            frame[Variable] = key;
            if (SecondVariable >= 0)
                frame[SecondVariable] = map.At(key);
            if (!Advance(frame))
                return;
        }
    }

    private bool Advance(Frame frame)
    {
        if (ReferenceEquals(Condition.Evaluate(frame), CelBool.False))
            return false;
        frame[Accumulator] = Step.Evaluate(frame);
        return true;
    }
}
